import { useId, useState } from "react";
import { CLIENT_SEED_CHARS_MAX } from "../../rooms/kernel/protocol.ts";
import { ownWords, setOwnWords } from "./client-seed.ts";

type Props = { readonly when?: string };

/** The setting for the player's own client seed. `when`: the command that carries it, in the game's words. */
export function OwnWords({ when = "with your first bet of each round" }: Props) {
  const id = useId();
  const [words, setWords] = useState(ownWords);
  return (
    <section>
      <h3 className="panel-sub">Your part in the draw</h3>
      <label className="label" htmlFor={id}>
        Your client seed: your own words, sent {when}. Left empty, your browser makes a random one.
      </label>
      <input
        id={id}
        className="field mt-2"
        value={words}
        maxLength={CLIENT_SEED_CHARS_MAX}
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
