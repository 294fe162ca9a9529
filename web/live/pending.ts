export type { Pending } from "../../src/client/pending.ts";
