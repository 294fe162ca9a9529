import { useEffect } from "react";

let page = "Croupier";
let news: string | null = null;

/** The name of the page in the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    write();
  }, [title]);
}

/** Before the name, on whichever page: what one should know who looks at another tab. Null: nothing. */
export function tellInTitle(words: string | null): void {
  news = words;
  write();
}

function write(): void {
  if (typeof document !== "undefined") document.title = news === null ? page : `${news} \u00b7 ${page}`;
}
