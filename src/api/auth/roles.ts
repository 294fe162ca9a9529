import * as z from "zod";
import { listOf } from "../../bad-settings.ts";

/**
 * Who may do what, lowest first; each may do what those before it may.
 *
 * - `viewer` reads everything that an operator may: rooms, players, dead letters, lotteries, the audit log.
 * - `support` moves money in and out of players' wallets, and writes notes about players.
 * - `floor` pauses and resumes rooms and voids rounds.
 * - `admin` sends dead letters again, and whatever else there is.
 */
export const ROLES = ["viewer", "support", "floor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** One item of OPERATOR_KEYS. `name` is what the audit log says. */
export type Operator = { readonly name: string; readonly role: Role; readonly key: string };

export const reaches = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** Of a key without a name and a role. */
export const NAMELESS = "operator";

const NAMED = /^([A-Za-z0-9_-]{1,40}):(viewer|support|floor|admin):([^\s:]{32,200})$/;
const BARE = /^[^\s:]{32,200}$/;

const role = z.enum(ROLES);

function readItem(item: string): Operator | null {
  if (BARE.test(item)) return { name: NAMELESS, role: "admin", key: item };
  const [, name, given, key] = NAMED.exec(item) ?? [];
  if (name === undefined || key === undefined) return null;
  return { name, role: role.parse(given), key };
}

/** Two people under one name, or one key for two of them: the audit log could not tell them apart. */
function isTwice(operators: readonly Operator[]): boolean {
  const named = operators.filter(({ name }) => name !== NAMELESS).map(({ name }) => name.toLowerCase());
  const keys = operators.map(({ key }) => key);
  return new Set(named).size < named.length || new Set(keys).size < keys.length;
}

/**
 * The setting: `name:role:key, name:role:key`. A key alone is the operator `operator` with the role admin; there may be several of
 * those, and nobody can tell them apart. Something that only looks like a role is refused, never taken for a key.
 */
export const operatorKeys = listOf(z.string()).transform((items, context): Operator[] => {
  const read = items.map(readItem).filter((item) => item !== null);
  if (read.length < items.length) {
    context.addIssue(
      "each is name:role:key, with a name of up to 40 letters, digits, - and _, a role of viewer, support, floor or admin, and a key of 32 to 200 characters; or a key alone",
    );
  } else if (isTwice(read)) context.addIssue("two operators have the same name or the same key");
  return read;
});
