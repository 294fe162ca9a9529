import { readModelContract } from "./contract.ts";
import { Oracle } from "./oracle.ts";

// The contract's oracle keeps the contract's own words.
readModelContract("the oracle", async () => new Oracle());
