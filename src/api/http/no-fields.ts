import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./context.ts";
import { Refused } from "./refusals.ts";

/** For calls without a body: an empty body or `{}` is accepted, and any field is refused, since it would have no effect. */
export const noFields = createMiddleware<AppEnv>(async (c, next) => {
  const text = await c.req.text();
  if (text.trim() !== "") {
    const body = parsed(text);
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
      throw new Refused("invalid_request", { fields: { body: "This call takes none." } });
    }
    const names = Object.keys(body);
    if (names.length > 0) {
      const fields = names.slice(0, 20).map((name) => [name, "This call takes no fields."]);
      throw new Refused("invalid_request", { fields: Object.fromEntries(fields) as Record<string, string> });
    }
  }
  await next();
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused("malformed_json");
  }
}
