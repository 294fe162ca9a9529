import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";

/** Gives an overlay an entry in the browser's history, so that going back closes it and stays on the page. */
export function useBackCloses(open: boolean, onClose: () => void): void {
  const navigate = useNavigate();
  const location = useLocation();
  const here = isOver(location.state);
  /** "asked": navigation to the entry is under way; "there": it is the current entry. */
  const place = useRef<"none" | "asked" | "there">("none");
  useEffect(() => {
    if (open && place.current === "none") {
      place.current = "asked";
      void navigate({ search: location.search, hash: location.hash }, { state: { over: true } });
    } else if (open && here) place.current = "there";
    else if (open && place.current === "there") {
      place.current = "none";
      onClose();
    } else if (!open && place.current !== "none" && here) {
      place.current = "none";
      void navigate(-1);
    } else if (!open && place.current === "there") place.current = "none";
  }, [open, here, onClose, navigate, location.search, location.hash]);
}

function isOver(state: unknown): boolean {
  return typeof state === "object" && state !== null && "over" in state;
}
