import { lookOf } from "./look-alikes.ts";
import { isGuestsName } from "./random.ts";
import type { Username } from "./username.ts";

/** Names that cannot be registered. An account that already has one keeps it. */

const looks = (words: string): ReadonlySet<string> => new Set(words.split(" ").map(lookOf));

/** Reserved as a whole name. */
const KEPT = looks(
  "anonymous anyone api bank deleted everybody everyone faucet guest guests help host lobby login logout me nobody none nil null " +
    "owner player players register room root server somebody undefined unknown user username void you nan true false anon",
);
/** Reserved as a word anywhere in a name: it would look like staff. */
const OF_THE_HOUSE = looks(
  "admin admins administrator administrators bot bots cashier casino croupier croupiers dealer dealers house mod moderator " +
    "moderators mods official operator operators security staff superuser support sysadmin system webmaster " +
    "админ администратор модератор",
);
/** Reserved only when joined to a word above without a separator: `TheHouse`, `SupportTeam`. */
const BESIDE = looks("the team desk message chat bank help online");

const joined = (words: Iterable<string>): RegExp => new RegExp(`^(?:${[...words].join("|")})+$`, "u");
const TOGETHER = joined([...OF_THE_HOUSE, ...BESIDE]);
const BESIDE_ALONE = joined(BESIDE);

/** Splits a name at separators, before a capital letter inside a word, and before digits. */
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
