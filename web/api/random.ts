export { randomHex } from "../../src/client/random.ts";
