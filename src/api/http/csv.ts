/** CSV by RFC 4180, safe to open in a spreadsheet. */

export type Cell = string | number | null;

/** A text that starts like this would be taken for a formula, so it gets a quote in front. Numbers never come from users. */
const FORMULA = /^[=+\-@\t\r\n]/;

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line, with its line break. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(",")}\r\n`;

/** Streams page by page with back-pressure. If a page fails the stream breaks, so that a partial file is not taken for all. */
export function csvStream(
  header: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const next = pages[Symbol.asyncIterator]();
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csvLine(header))),
    pull: async (controller) => {
      const page = await next.next();
      if (page.done === true) controller.close();
      else controller.enqueue(encoder.encode(page.value.map(csvLine).join("")));
    },
    cancel: async () => void (await next.return?.()),
  });
}

/** `file` must not contain a double quote. */
export const csvHeaders = (file: string): Record<string, string> => ({
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": `attachment; filename="${file}"`,
});
