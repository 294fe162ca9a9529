/** A command that the room has not answered yet. `at`: when it was asked for, by this device's clock. */
export type Pending<Command> = { readonly id: string; readonly command: Command; readonly at: number };
