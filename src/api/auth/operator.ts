import { createMiddleware } from "hono/factory";
import { audited } from "../../objects/audit/record.ts";
import type { AppEnv, Ctx } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { reaches, type Operator, type Role } from "./roles.ts";
import { sameKey } from "./same-key.ts";

/** Identifies the operator of a request by `Authorization: Bearer <key>`, with a key of OPERATOR_KEYS. */

/** Compares every key, so that the response time does not reveal which one matched. */
async function ownerOf(operators: readonly Operator[], given: string): Promise<Operator | null> {
  const same = await Promise.all(operators.map(async ({ key }) => sameKey(key, given)));
  return operators.find((_, i) => same[i]) ?? null;
}

async function identifyOperator(c: Ctx): Promise<Operator | null> {
  const given = /^Bearer (\S{1,200})$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return given === undefined ? null : ownerOf(c.get("settings").OPERATOR_KEYS, given);
}

/**
 * Requires this role or a higher one, and records every call in the audit log (audit/record.ts). Refused `not_an_operator` or
 * `role_too_low`; a change is also refused `audit_unavailable` when it cannot be logged.
 */
export const operator = (role: Role) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const who = await identifyOperator(c);
    await audited(
      c,
      who,
      async () => {
        if (who === null) throw new Refused("not_an_operator");
        if (!reaches(who.role, role)) throw new Refused("role_too_low");
        c.set("operator", who);
      },
      next,
    );
  });
