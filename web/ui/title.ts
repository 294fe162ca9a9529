import { useEffect } from "react";

let page = "Croupier";
let news: string | null = null;

/** Sets the page's title in the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    page = title;
    write();
  }, [title]);
}

/** Text before the title on any page, for visitors in another tab. Null: none. */
export function tellInTitle(words: string | null): void {
  news = words;
  write();
}

function write(): void {
  if (typeof document !== "undefined") document.title = news === null ? page : `${news} \u00b7 ${page}`;
}
