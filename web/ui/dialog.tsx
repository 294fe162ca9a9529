import { X } from "lucide-react";
import { createContext, useContext, useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useRest } from "./rest.ts";
import { Rest, REST_MS } from "./resting.ts";

export type DialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly children: ReactNode;
  /** A sheet slides up from below and is as wide as the screen. */
  readonly sheet?: boolean;
};

const Hold = createContext<(on: boolean) => void>(() => {});

/** While the caller is mounted, its dialog can only be closed by its own button, not by Escape or a click outside. */
export function useHeld(): void {
  const hold = useContext(Hold);
  useEffect(() => {
    hold(true);
    return () => hold(false);
  }, [hold]);
}

/** The native modal dialog: traps focus, closes on Escape and restores focus. */
export function Dialog({ open, onClose, title, children, sheet = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [held, setHeld] = useState(false);
  // It may appear by itself, just as the visitor was about to press something else.
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
        // Also fires, a little later, when the page itself closed it. By then another dialog may be open in its place.
        if (!open) return;
        // Browsers always allow a second Escape to close a dialog, so it is reopened.
        if (held) dialog.current?.showModal();
        else onClose();
      }}
      onCancel={(event) => {
        if (held) event.preventDefault();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget && !rest.on && !held) onClose();
      }}
      className={`dialog ${sheet ? "dialog-sheet" : ""}`}
    >
      {open && (
        <div
          className="flex max-h-full flex-col"
          {...attrs}
          onClickCapture={(click) => {
            // Key presses are not blocked, since they go to the focused element, which appeared with the dialog.
            if (click.detail > 0) attrs.onClickCapture(click);
          }}
        >
          <div className="flex items-center justify-between gap-4 pt-3 pr-3 pl-6">
            <h2 id={heading} className="text-xl">
              {title}
            </h2>
            {!held && (
              <button type="button" className="btn btn-bare w-11 px-0" onClick={onClose} aria-label="Close">
                <X size={20} aria-hidden="true" />
              </button>
            )}
          </div>
          <div className="dialog-body" tabIndex={0}>
            <Hold value={setHeld}>{children}</Hold>
          </div>
        </div>
      )}
    </dialog>
  );
}
