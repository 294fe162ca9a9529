/** The usual values of chips, the smallest first. */
export const DENOMINATIONS = [10, 50, 100, 500, 1_000, 5_000] as const;
