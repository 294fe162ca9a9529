import { copyLabel, useCopy } from "../ui/copy.tsx";

type Props = { readonly code: string; readonly onDone: () => void };

/** A recovery code, this once. */
export default function RecoveryCode({ code, onDone }: Props) {
  const [copied, copy] = useCopy();
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
      <button type="button" className="btn btn-brass" data-testid="recovery-kept" onClick={onDone}>
        I have kept it
      </button>
    </div>
  );
}
