import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { AuditEntry } from "../../src/objects/audit.ts";
import type { Role } from "../../src/api/auth/roles.ts";
import { auditStub } from "../../src/objects/stubs.ts";
import { get } from "./api.workerd.ts";

/** The operators of vitest.config.ts. */
export const KEYS: Readonly<Record<Role, string>> = {
  viewer: "a-viewer-key-for-tests-alone-00001",
  support: "a-support-key-for-tests-alone-00002",
  floor: "a-floor-key-for-tests-alone-0000003",
  admin: "an-admin-key-for-tests-alone-000004",
};
export const NAMES: Readonly<Record<Role, string>> = { viewer: "vera", support: "sam", floor: "flo", admin: "ada" };

/** Newest first, straight from the object: asking leaves no trace. */
export async function auditOf(limit = 20): Promise<AuditEntry[]> {
  return (await auditStub(env).list(null, limit)).entries;
}

/** What the audit log says of the request that got this answer. */
export async function entryOf({ headers }: { readonly headers: Headers }): Promise<AuditEntry> {
  const entry = (await auditOf(100)).find(({ requestId }) => requestId === headers.get("x-request-id"));
  if (entry === undefined) throw new Error("the audit log has no such call");
  return entry;
}

/** Everything in the audit log's tables, as text. */
export async function auditDump(): Promise<string> {
  return runInDurableObject(auditStub(env), (_, { storage }) =>
    JSON.stringify(
      ["call", "result", "stranger", "unlisted"].map((t) => storage.sql.exec(`SELECT * FROM ${t}`).toArray()),
    ),
  );
}

export const asViewer = async (path: string) => get(`/api/operator${path}`, { token: KEYS.viewer });
