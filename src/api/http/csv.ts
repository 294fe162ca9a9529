/** Tables as RFC 4180 has them, for people who open them in a spreadsheet. */

export type Cell = string | number | null;

/** What a spreadsheet would take for a formula, were it first in a text. Numbers are safe: they are ours. */
const FORMULA = /^[=+\-@\t\r\n]/;

function cellOf(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line, with its end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(",")}\r\n`;

/** Made page by page, as fast as it is read. A page that cannot be had breaks the stream, so that nobody takes a part for the whole. */
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

/** `file` is ours, without a quote in it. */
export const csvHeaders = (file: string): Record<string, string> => ({
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": `attachment; filename="${file}"`,
});
