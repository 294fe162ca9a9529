import * as z from "zod";
import { listOf } from "../../bad-settings.ts";

/**
 * Operator roles, lowest first. Each includes the rights of those before it.
 *
 * - `viewer` reads everything open to operators: rooms, players, dead letters, lotteries, the audit log.
 * - `support` moves money in and out of players' wallets, and writes notes about players.
 * - `floor` pauses and resumes rooms and voids rounds.
 * - `admin` replays dead letters, and does everything else.
 */
export const ROLES = ["viewer", "support", "floor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** One item of OPERATOR_KEYS. `name` appears in the audit log. */
export type Operator = { readonly name: string; readonly role: Role; readonly key: string };

export const reaches = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** The name for a key given without a name and a role. */
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

/** Two operators with one name, or one key for two: the audit log could not tell them apart. */
function isTwice(operators: readonly Operator[]): boolean {
  const named = operators.filter(({ name }) => name !== NAMELESS).map(({ name }) => name.toLowerCase());
  const keys = operators.map(({ key }) => key);
  return new Set(named).size < named.length || new Set(keys).size < keys.length;
}

/**
 * Parses the setting `name:role:key, name:role:key`. A bare key is the operator `operator` with the role admin; there may be
 * several, and the audit log cannot tell them apart. An item with a misspelled role is an error, never taken for a bare key.
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
