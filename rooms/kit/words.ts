/**
 * Documentation of a game's commands and refusals. The types make sure that no command and no field is missing;
 * test/games/refusals.unit.test.ts that no refusal code is.
 */

/** By field name; `bets.spot` for a field of the objects in an array. */
type FieldWords<Command> = {
  readonly [
    Field in keyof Command as Field extends "type"
      ? never
      : | Field
        | (NonNullable<Command[Field]> extends readonly (infer One extends object)[]
            ? `${Field & string}.${keyof One & string}`
            : never)
  ]-?: string;
};

/** `example` is the command without its `id`. */
export type CommandWords<Command extends { readonly type: string }> = {
  readonly [Type in Command["type"]]: {
    readonly about: string;
    readonly fields: FieldWords<Extract<Command, { readonly type: Type }>>;
    readonly example: Extract<Command, { readonly type: Type }>;
  };
};

/** By refusal code: when a command is refused with it. */
export type RefusalWords = Readonly<Record<string, string>>;

export type Words<Command extends { readonly type: string }> = {
  readonly commands: CommandWords<Command>;
  readonly refusals: RefusalWords;
};

/** The words of any game. */
export type AnyWords = {
  readonly commands: Readonly<
    Record<
      string,
      { readonly about: string; readonly fields: Readonly<Record<string, string>>; readonly example: object }
    >
  >;
  readonly refusals: RefusalWords;
};
