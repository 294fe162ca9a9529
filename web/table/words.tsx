import { useId, useState } from "react";
import { ENTROPY_CHARS_MAX } from "../../rooms/protocol.ts";
import { ownWords, setOwnWords } from "./entropy.ts";

/** The player's own part in each draw. */
export function OwnWords() {
  const id = useId();
  const [words, setWords] = useState(ownWords);
  return (
    <section>
      <h3 className="panel-sub">Your part in the draw</h3>
      <label className="label" htmlFor={id}>
        Your own words, sent with your first bet of each round. Left empty, your browser rolls fresh ones.
      </label>
      <input
        id={id}
        className="field mt-2"
        value={words}
        maxLength={ENTROPY_CHARS_MAX}
        placeholder="Random each round"
        autoComplete="off"
        data-testid="own-words"
        onChange={(event) => {
          setWords(event.target.value);
          setOwnWords(event.target.value);
        }}
      />
    </section>
  );
}
