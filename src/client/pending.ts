/** A command without an answer yet. `at`: when `send` was called, by this device's clock, epoch milliseconds. */
export type Pending<Command> = { readonly id: string; readonly command: Command; readonly at: number };
