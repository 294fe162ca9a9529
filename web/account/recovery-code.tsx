import { useState } from "react";
import { copyLabel, useCopy } from "../ui/copy.tsx";
import { useHeld } from "../ui/dialog.tsx";
import { useRest } from "../ui/rest.ts";
import { Rest } from "../ui/resting.ts";

type Props = { readonly code: string; readonly onDone: () => void };

/** The confirm button appears where "Sign up" was: a tap in the first moments is an accidental double tap. */
const READ_MS = 1_500;

/** Shows a recovery code, once. It is hidden only when the reader confirms, and not before there was time to see it. */
export default function RecoveryCode({ code, onDone }: Props) {
  const [copied, copy] = useCopy();
  useHeld();
  const { attrs } = useRest("shown", READ_MS, useState(() => new Rest("none"))[0]);
  return (
    <div className="flex flex-col gap-4">
      <p>
        This is your recovery code. It is shown this once. Write it down, print it or keep it where you keep your
        passwords: with it you choose a new password, once.{" "}
        <strong>Without it a lost password is lost, and the chips with it.</strong>
      </p>
      <output
        className="field numerals select-all text-center text-lg break-words"
        data-testid="recovery-code"
        translate="no"
      >
        {code}
      </output>
      <div className="flex flex-wrap gap-3">
        <button type="button" className="btn flex-1" data-testid="recovery-copy" onClick={() => copy(code)}>
          {copyLabel(copied, "Copy it")}
        </button>
        <button type="button" className="btn flex-1" onClick={() => window.print()}>
          Print it
        </button>
      </div>
      <div className="grid" {...attrs}>
        <button type="button" className="btn btn-brass" data-testid="recovery-kept" onClick={onDone}>
          I have kept it
        </button>
      </div>
    </div>
  );
}
