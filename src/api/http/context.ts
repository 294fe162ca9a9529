import type { Context } from "hono";
import type { Operator } from "../auth/roles.ts";
import type { Profile } from "../../objects/player/profile.ts";
import type { Operation } from "../../objects/player/requests.ts";
import type { Env, Settings } from "../../env.ts";

/** Who is asking, once their token and their session have been found good. */
export type Me = { readonly profile: Profile; readonly session: string; readonly expiresAt: number };

export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** The code of a refused one, for the log. */
    refusal?: string;
    settings: Settings;
    /** Set by `signedIn`. */
    me: Me;
    /** Set by `operator`. */
    operator: Operator;
    /** Set by `idempotent`: the same for every repeat of one request; null: it came without a key. */
    operation: Operation | null;
  };
};

export type Ctx = Context<AppEnv>;
