import { readModelContract } from "../stats/contract.ts";
import { Oracle } from "../stats/oracle.ts";

// The contract's oracle keeps the contract's own words.
readModelContract("the oracle", async () => new Oracle());
