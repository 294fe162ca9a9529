/** Poker sites with a hand history format of their own, recognized by how it begins. */
const ROOMS: readonly (readonly [RegExp, string, string])[] = [
  [/^PokerStars (Zoom |Home )?(Hand|Game) #/, "PokerStars", "from_pokerstars"],
  [/^Full Tilt Poker Game #/, "Full Tilt Poker", "from_full_tilt_poker"],
  [/^(Hand #\S+ - |Stage #)/, "Absolute Poker", "from_absolute_poker"],
  [/^\*{5} Hand History for Game /, "PartyPoker", "from_partypoker"],
  [/^\*{5} History for hand /, "the Ongame network", "from_ongame_network"],
  [/^<\?xml|^<session\b/, "the iPoker network", "from_ipoker_network"],
];

/** An error message for a file in a site's own format, which is not supported. Null: no such format was recognized. */
export function foreignForm(text: string): string | null {
  const room = ROOMS.find(([begins]) => begins.test(text.replace(/^\uFEFF?\s*/, "")));
  if (room === undefined) return null;
  const [, name, reader] = room;
  return `this is the text form of ${name}, which is not read here: make PHH of it first, as PokerKit's HandHistory.${reader} does`;
}
