import type { Context } from "hono";
import type { Operator } from "../auth/roles.ts";
import type { Profile } from "../../objects/player/profile.ts";
import type { Operation } from "../../objects/player/requests.ts";
import type { Env, Settings } from "../../env.ts";

/** The player of a request, after token and session have been checked. */
export type Me = { readonly profile: Profile; readonly session: string; readonly expiresAt: number };

export type AppEnv = {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** The refusal's code, for the log. */
    refusal?: string;
    settings: Settings;
    /** Set by `signedIn`. */
    me: Me;
    /** Set by `operator`. */
    operator: Operator;
    /** Set by `idempotent`: the same for every repeat of a request. Null: the request has no key. */
    operation: Operation | null;
  };
};

export type Ctx = Context<AppEnv>;
