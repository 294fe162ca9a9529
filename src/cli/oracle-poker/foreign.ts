/** The rooms whose own text form of a hand history is told by how it begins. */
const ROOMS: readonly (readonly [RegExp, string, string])[] = [
  [/^PokerStars (Zoom |Home )?(Hand|Game) #/, "PokerStars", "from_pokerstars"],
  [/^Full Tilt Poker Game #/, "Full Tilt Poker", "from_full_tilt_poker"],
  [/^(Hand #\S+ - |Stage #)/, "Absolute Poker", "from_absolute_poker"],
  [/^\*{5} Hand History for Game /, "PartyPoker", "from_partypoker"],
  [/^\*{5} History for hand /, "the Ongame network", "from_ongame_network"],
  [/^<\?xml|^<session\b/, "the iPoker network", "from_ipoker_network"],
];

/** Why a file is not read that is a room's own text form. Null: it is none that is known. */
export function foreignForm(text: string): string | null {
  const room = ROOMS.find(([begins]) => begins.test(text.replace(/^\uFEFF?\s*/, "")));
  if (room === undefined) return null;
  const [, name, reader] = room;
  return `this is the text form of ${name}, which is not read here: make PHH of it first, as PokerKit's HandHistory.${reader} does`;
}
