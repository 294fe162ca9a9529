import type { Round } from "../../src/client/routes.gen.ts";

/** Compile-time check that a parser accepts everything that the API may answer, by the API's own types. */

/** `unknown` if the shape accepts every answer (it may read fewer fields, or be looser). Otherwise an error type. */
export type Takes<Answer, Read> = true extends Fits<Answer, Read> ? unknown : { readonly told: Told<Answer, never> };

/** A round's proof has one scheme, decided by its game, so a shape may know only one scheme. */
type Fits<Answer, Read, Unmet = Round["proof"]["scheme"]> = Unmet extends string
  ? [Told<Answer, Unmet>] extends [Read]
    ? true
    : false
  : never;

/** The answer, where parts that the document leaves open (`unknown`) match any shape. */
type Told<Answer, Unmet> = unknown extends Answer
  ? never
  : Answer extends { readonly scheme: Unmet }
    ? never
    : Answer extends readonly (infer One)[]
      ? Told<One, Unmet>[]
      : Answer extends object
        ? { [Name in keyof Answer as unknown extends Answer[Name] ? never : Name]: Told<Answer[Name], Unmet> } & {
            [Name in keyof Answer as unknown extends Answer[Name] ? Name : never]-?: never;
          }
        : Answer;
