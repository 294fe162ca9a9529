/**
 * Reads Prometheus' text format 0.0.4 and refuses whatever a strict reader would, and what would be bad manners besides: a family in
 * two pieces, a series twice, a counter that is not called `_total`, a histogram that does not add up.
 */

export type Series = { readonly name: string; readonly labels: ReadonlyMap<string, string>; readonly value: number };
export type Scraped = ReadonlyMap<string, { readonly type: string; readonly series: readonly Series[] }>;

const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const VALUE = String.raw`[+-]?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Inf)|NaN`;
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"`;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${VALUE})$`);

export function scrape(text: string): Scraped {
  if (!text.endsWith("\n")) throw new Error("no line feed at the end");
  const families = new Map<string, { type: string; series: Series[] }>();
  let open: { name: string; helped: boolean; family: { type: string; series: Series[] } | null } | null = null;
  const seen = new Set<string>();
  for (const line of text.slice(0, -1).split("\n")) {
    const help = new RegExp(`^# HELP (${NAME}) (?:[^\\\\]|\\\\[\\\\n])+$`).exec(line);
    const type = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`).exec(line);
    const sample = SAMPLE.exec(line);
    if (help?.[1] !== undefined) {
      if (families.has(help[1])) throw new Error(`${help[1]} comes in two pieces`);
      open = { name: help[1], helped: true, family: null };
    } else if (type?.[1] !== undefined) {
      if (open?.name !== type[1] || open.family !== null) throw new Error(`TYPE out of place: ${line}`);
      open.family = { type: type[2] ?? "", series: [] };
      families.set(type[1], open.family);
      if ((type[2] === "counter") !== type[1].endsWith("_total")) throw new Error(`a name for another type: ${line}`);
    } else if (sample?.[1] !== undefined) {
      const of = open?.family?.type === "histogram" ? sample[1].replace(/_(bucket|sum|count)$/, "") : sample[1];
      if (open === null || open.family === null || of !== open.name) throw new Error(`a stray sample: ${line}`);
      const key = `${sample[1]}{${sample[2] ?? ""}}`;
      if (seen.has(key)) throw new Error(`twice: ${key}`);
      seen.add(key);
      const value = Number(sample[3]?.replace("Inf", "Infinity"));
      if (open.family.type === "counter" && !(value >= 0)) throw new Error(`a counter below zero: ${line}`);
      open.family.series.push({ name: sample[1], labels: labelsOf(sample[2] ?? ""), value });
    } else throw new Error(`not a line of this format: ${line}`);
  }
  for (const [name, { type, series }] of families) {
    if (series.length === 0) throw new Error(`${name} is empty`);
    if (type === "histogram") checkHistogram(name, series);
  }
  return families;
}

function labelsOf(text: string): Map<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g)];
  const labels = new Map(pairs.map(([, name = "", value = ""]) => [name, value]));
  if (labels.size < pairs.length) throw new Error(`a label twice: ${text}`);
  return labels;
}

const rising = (list: readonly number[]): boolean => list.every((n, i) => i === 0 || n >= (list[i - 1] ?? 0));

function checkHistogram(name: string, series: readonly Series[]): void {
  const of = ({ labels }: Series): string => JSON.stringify([...labels].filter(([label]) => label !== "le"));
  for (const group of new Set(series.map(of))) {
    const mine = series.filter((one) => of(one) === group);
    const buckets = mine.filter((one) => one.name === `${name}_bucket`);
    const ends = buckets.map(({ labels }) => Number(labels.get("le")?.replace("Inf", "Infinity")));
    const count = mine.find((one) => one.name === `${name}_count`)?.value;
    if (!rising(ends) || !rising(buckets.map(({ value }) => value))) throw new Error(`${name}${group} falls`);
    if (ends.at(-1) !== Infinity || buckets.at(-1)?.value !== count) throw new Error(`${name}${group} is not whole`);
    if (!mine.some((one) => one.name === `${name}_sum`)) throw new Error(`${name}${group} has no sum`);
  }
}

/** One series' value; undefined: there is none with exactly these labels. */
export function valueOf(scraped: Scraped, name: string, labels: Readonly<Record<string, string>>): number | undefined {
  const family = scraped.get(name) ?? scraped.get(name.replace(/_(bucket|sum|count)$/, ""));
  return family?.series.find(
    (one) =>
      one.name === name &&
      one.labels.size === Object.keys(labels).length &&
      Object.entries(labels).every(([label, value]) => one.labels.get(label) === value),
  )?.value;
}
