import { useState } from "react";
import { announce } from "./announce.tsx";

/** Copies text. Without the clipboard API (plain http, older browsers) the text is selected and copied by command. */

/** True when the text is on the clipboard. Never throws. */
export async function copyText(text: string): Promise<boolean> {
  try {
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (clipboard !== undefined) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not allowed: the fallback may work.
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.cssText = "position:fixed;inset:0 auto auto 0;opacity:0";
  const focused = document.activeElement;
  // In an open dialog, elements outside of it cannot be selected.
  (document.querySelector("dialog[open]") ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}

export type Copied = "no" | "yes" | "failed";

/** For a copy button: its state, and the function to call. The result is announced to screen readers. */
export function useCopy(): readonly [Copied, (text: string) => void] {
  const [copied, setCopied] = useState<Copied>("no");
  const copy = (text: string): void => {
    void copyText(text).then((done) => {
      setCopied(done ? "yes" : "failed");
      announce(done ? "Copied." : CANNOT);
    });
  };
  return [copied, copy];
}

const CANNOT = "Your browser does not let us copy.";

/** The button's label, with the result. */
export function copyLabel(copied: Copied, label: string): string {
  if (copied === "no") return label;
  return copied === "yes" ? `${label} \u00b7 copied` : `${label} \u00b7 your browser does not let us`;
}
