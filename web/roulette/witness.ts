export { seenFor, type Sight } from "../table/witness.ts";
