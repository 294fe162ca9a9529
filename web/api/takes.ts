import type { Round } from "../../src/client/routes.gen.ts";

/** What a parsed answer has to take, by the API's own types. */

/** Any, for a shape that takes whatever the API answers: it may read less of it, or be looser. Else what it would have to take. */
export type Takes<Answer, Read> = true extends Fits<Answer, Read> ? unknown : { readonly told: Told<Answer, never> };

/** A round's proof is of one scheme, and its game says of which: a shape may know that one alone. */
type Fits<Answer, Read, Unmet = Round["proof"]["scheme"]> = Unmet extends string
  ? [Told<Answer, Unmet>] extends [Read]
    ? true
    : false
  : never;

/** An answer where what the document leaves open, as a game's own, may be read as anything. */
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
