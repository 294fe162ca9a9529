export * from "../../src/client/frames.ts";
