import type { Operator } from "../../api/auth/roles.ts";
import type { Ctx } from "../../api/http/context.ts";
import { addressOf } from "../../api/http/address.ts";
import { Refused } from "../../api/http/refusals.ts";
import { logOf } from "../../log.ts";
import { auditStub } from "../stubs.ts";
import type { AuditCall, AuditResult } from "../audit.ts";
import { bodySummary, clientOf, withoutKeys } from "./summary.ts";

/**
 * Runs an operator's call and writes it to the audit log. A change is logged before it is made, and refused (`audit_unavailable`)
 * if that fails; its result is added afterwards. A read, or a call refused for its key or role, is logged afterwards with its
 * result. If the audit log fails then, the error goes to the Worker's own log and the call goes on: an operator may need to look
 * at the house.
 */
export async function audited(
  c: Ctx,
  who: Operator | null,
  admit: () => Promise<void>,
  next: () => Promise<void>,
): Promise<void> {
  const audit = auditStub(c.env);
  const call = await callOf(c, who);
  try {
    await admit();
  } catch (error) {
    if (error instanceof Refused) {
      const result = { status: error.status, outcome: error.code, at: Date.now() };
      await orLog(c, async () => (who === null ? audit.stranger(call, result) : audit.note(call, result)));
    }
    throw error;
  }
  if (!changes(c)) {
    await next();
    await orLog(c, async () => audit.note(call, await resultOf(c)));
    return;
  }
  const n = await audit.open(call).catch((error: unknown) => {
    logOf(c.env).error("audit", { requestId: call.requestId, error });
    throw new Refused("audit_unavailable");
  });
  await next();
  await orLog(c, async () => audit.close(n, await resultOf(c)));
}

const changes = (c: Ctx): boolean => c.req.method !== "GET" && c.req.method !== "HEAD";

/** The call is over by now, so a failed write is only logged. A change then has no result in the audit log. */
async function orLog(c: Ctx, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    logOf(c.env).error("audit", { requestId: c.get("requestId"), error });
  }
}

async function callOf(c: Ctx, who: Operator | null): Promise<AuditCall> {
  const { AUTH_SECRET, OPERATOR_KEYS } = c.get("settings");
  const keys = OPERATOR_KEYS.map(({ key }) => key);
  const { pathname, search } = new URL(c.req.url);
  const body = who === null || !changes(c) ? "" : await c.req.text();
  return {
    name: who?.name ?? null,
    role: who?.role ?? null,
    method: c.req.method,
    path: withoutKeys(`${pathname}${search}`, keys).slice(0, 300),
    summary: bodySummary(body, keys),
    client: await clientOf(AUTH_SECRET, addressOf(c.req.header("cf-connecting-ip"))),
    requestId: c.get("requestId"),
    at: Date.now(),
  };
}

async function resultOf(c: Ctx): Promise<AuditResult> {
  const { status } = c.res;
  return { status, outcome: status < 400 ? "ok" : await codeOf(c.res.clone()), at: Date.now() };
}

/** The error code of a failed answer. */
async function codeOf(response: Response): Promise<string> {
  const body: { error?: { code?: unknown } } = await response.json();
  return typeof body.error?.code === "string" ? body.error.code : "unknown";
}
