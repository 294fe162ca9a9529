import { Check, Link as LinkIcon, X } from "lucide-react";
import type { ReactNode } from "react";
import { A_PLAYER, useNamesAsked } from "../api/names.ts";
import { usePlayer } from "../api/session.ts";
import { Field } from "../ui/field.tsx";
import { copyLabel, useCopy } from "../ui/copy.tsx";

/** Small components of the pages of finished rounds. */

export function Sign({ ok }: { readonly ok: boolean }) {
  return (
    <span className={ok ? "sign sign-ok" : "sign sign-no"}>
      {ok ? <Check size={22} aria-hidden="true" /> : <X size={22} aria-hidden="true" />}
    </span>
  );
}

type StepProps = {
  readonly title: ReactNode;
  /** Null: nothing to check in this step. */
  readonly ok: boolean | null;
  readonly words?: string | null;
  readonly children: ReactNode;
};

export function Step({ title, ok, words = null, children }: StepProps) {
  return (
    <li className="step">
      <h2>
        {title}
        {ok !== null && (
          <span className={ok ? "step-sign text-won" : "step-sign text-lost"}>
            {ok ? <Check size={18} aria-hidden="true" /> : <X size={18} aria-hidden="true" />}
            {ok ? "fits" : "does not fit"}
          </span>
        )}
      </h2>
      {children}
      {words !== null && <p className="text-lost">{words}</p>}
    </li>
  );
}

type ClaimedProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly short?: boolean;
};

/** An editable part of the record. */
export function Claimed({ label, value, onChange, short = false }: ClaimedProps) {
  return (
    <div className={short ? "max-w-40" : ""}>
      <Field
        className="mono"
        label={label}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export function Out({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <p className="label">{label}</p>
      <p className="hash-box" translate="no">
        {value}
      </p>
    </div>
  );
}

/** A sentence with a mark for true or false. */
export function Judged({ ok, children, testId }: { ok: boolean; children: ReactNode; testId?: string }) {
  return (
    <p className={ok ? "text-won" : "text-lost"} data-testid={testId}>
      {ok ? (
        <Check size={16} aria-hidden="true" className="mr-1 inline" />
      ) : (
        <X size={16} aria-hidden="true" className="mr-1 inline" />
      )}
      {children}
    </p>
  );
}

/** Copies a link to this page with `query` to the clipboard. */
export function CopyLink({ query, children }: { readonly query: string; readonly children: string }) {
  const [copied, copy] = useCopy();
  const { origin, pathname } = window.location;
  return (
    <button type="button" className="btn" onClick={() => copy(`${origin}${pathname}${query}`)}>
      <LinkIcon size={16} aria-hidden="true" /> {copyLabel(copied, children)}
    </button>
  );
}

/** Names of players in a record, which has only ids: requested from the server. */
export function useNames(): (player: string) => string {
  const me = usePlayer()?.id ?? null;
  const asked = useNamesAsked();
  return (player) => (player === me ? "You" : (asked(player) ?? A_PLAYER));
}
