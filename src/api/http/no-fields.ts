import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./context.ts";
import { Refused } from "./refusals.ts";

/** For a call that takes no body: an empty one, or `{}`, is none; a field in it would be without effect, so it is refused. */
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
