import { X } from "lucide-react";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useRest } from "./rest.ts";
import { Rest, REST_MS } from "./resting.ts";

export type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** A sheet comes up from below and takes the width of the screen. */
  readonly sheet?: boolean;
};

/** The platform's own modal dialog: it traps focus, closes on Escape and gives focus back. */
export function Dialog({ open, onClose, title, children, sheet = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // It may have come unasked, under a finger that was about to press something else.
  const { rest, attrs } = useRest(String(open), REST_MS, useState(() => new Rest("false"))[0]);

  useEffect(() => {
    const target = dialog.current;
    if (target === null || target.open === open) return;
    if (open) target.showModal();
    else target.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={() => {
        // Also told of what the page closed itself, a moment later: by then another dialog may be open in its place.
        if (open) onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget && !rest.on) onClose();
      }}
      className={`dialog ${sheet ? "dialog-sheet" : ""}`}
    >
      {open && (
        <div
          className="flex max-h-full flex-col"
          {...attrs}
          onClickCapture={(click) => {
            // A key means what has the focus, and that came with the dialog.
            if (click.detail > 0) attrs.onClickCapture(click);
          }}
        >
          <div className="flex items-center justify-between gap-4 pt-3 pr-3 pl-6">
            <h2 id={heading} className="text-xl">
              {title}
            </h2>
            <button type="button" className="btn btn-bare w-11 px-0" onClick={onClose} aria-label="Close">
              <X size={20} aria-hidden="true" />
            </button>
          </div>
          <div className="dialog-body" tabIndex={0}>
            {children}
          </div>
        </div>
      )}
    </dialog>
  );
}
