/**
 * User names: 3 to 20 characters, ASCII letters, digits, `.`, `_` and `-`, with a letter or digit at both ends. Wide and
 * composed forms are brought to these first (NFKC), and two names that differ in case only are one, so nobody can look like
 * somebody else. A guest's name has a space in it and so is never a user name.
 */

const SHAPE = /^[A-Za-z0-9][A-Za-z0-9._-]{1,18}[A-Za-z0-9]$/;

const RESERVED: ReadonlySet<string> = new Set(
  "admin administrator anonymous bot casino croupier dealer everyone guest house moderator operator room support system".split(
    " ",
  ),
);

export type Username = {
  /** As others see it. */
  readonly shown: string;
  /** Its one spelling: the `Account` object's name. */
  readonly folded: string;
};

/** Null: not a user name. */
export function readUsername(typed: string): Username | null {
  if (typed.length > 80) return null;
  const shown = typed.normalize("NFKC");
  return SHAPE.test(shown) ? { shown, folded: shown.toLowerCase() } : null;
}

/** Names that nobody may take. */
export function isReserved({ folded }: Username): boolean {
  return RESERVED.has(folded);
}
