import { lookOf } from "./look-alikes.ts";
import { isGuestsName } from "./random.ts";
import type { Username } from "./username.ts";

/** Names that nobody may take from now on. Whoever has one from before keeps it. */

const looks = (words: string): ReadonlySet<string> => new Set(words.split(" ").map(lookOf));

/** As a whole name. */
const KEPT = looks(
  "anonymous anyone api bank deleted everybody everyone faucet guest guests help host lobby login logout me nobody none nil null " +
    "owner player players register room root server somebody undefined unknown user username void you nan true false anon",
);
/** Whoever has one of these words in their name would be taken for one of the house. */
const OF_THE_HOUSE = looks(
  "admin admins administrator administrators bot bots cashier casino croupier croupiers dealer dealers house mod moderator " +
    "moderators mods official operator operators security staff superuser support sysadmin system webmaster " +
    "админ администратор модератор",
);
/** What goes with them when nothing is between: `TheHouse`, `SupportTeam`. */
const BESIDE = looks("the team desk message chat bank help online");

const joined = (words: Iterable<string>): RegExp => new RegExp(`^(?:${[...words].join("|")})+$`, "u");
const TOGETHER = joined([...OF_THE_HOUSE, ...BESIDE]);
const BESIDE_ALONE = joined(BESIDE);

/** Its words: whatever is between them, a capital letter in the middle, or a digit. */
const wordsOf = (shown: string): string[] =>
  shown
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .replace(/(?<=\p{L})(?=[0-9]+(?:[^\p{L}]|$))/gu, " ")
    .split(/[ ._'-]+/)
    .map(lookOf);

export function isReserved({ shown, look }: Pick<Username, "shown" | "look">): boolean {
  const bare = lookOf(shown.replace(/[0-9]+$/, ""));
  const words = [...wordsOf(shown), ...shown.split(/[ ._'-]+/).map(lookOf)];
  return (
    KEPT.has(look) ||
    words.some((word) => OF_THE_HOUSE.has(word)) ||
    (TOGETHER.test(bare) && !BESIDE_ALONE.test(bare)) ||
    isGuestsName(shown)
  );
}
