/** What chips are usually worth, the smallest first. */
export const DENOMINATIONS = [10, 50, 100, 500, 1_000, 5_000] as const;
