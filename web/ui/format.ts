const WHOLE = new Intl.NumberFormat("en-US");

/** 1234567 as 1,234,567. */
export function amount(value: number): string {
  return WHOLE.format(value);
}

/** With a sign, using a real minus sign: +1,750 and −200. */
export function signed(value: number): string {
  if (value === 0) return "0";
  return value > 0 ? `+${WHOLE.format(value)}` : `\u2212${WHOLE.format(-value)}`;
}

/** Short enough for a chip: 950, 1.2k, 25k, 1.4M. Rounded down. */
export function short(value: number): string {
  if (value < 1_000) return String(value);
  const [unit, letter] = value < 1_000_000 ? [1_000, "k"] : [1_000_000, "M"];
  const scaled = value / unit;
  return `${scaled < 10 ? Math.floor(scaled * 10) / 10 : Math.floor(scaled)}${letter}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** 21:04, in the visitor's time zone. */
export function time(at: number): string {
  return CLOCK.format(at);
}

/** The time until `at`: "in 42 minutes". */
export function until(at: number, now: number): string {
  const seconds = Math.max(1, Math.ceil((at - now) / 1_000));
  if (seconds < 90) return `in ${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `in ${minutes} minutes` : `in ${Math.ceil(minutes / 60)} hours`;
}

const DAY_AND_CLOCK = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});

/** 21 November at 21:04. */
export function moment(at: number): string {
  return DAY_AND_CLOCK.format(at);
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** 27 May 2027. */
export function day(at: number): string {
  return DAY.format(at);
}

const HUNDREDTHS = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A multiplier from hundredths, exact: 2.35. */
export function hundredths(x100: number): string {
  return HUNDREDTHS.format(x100 / 100);
}

/** A multiplier with its sign: 2.35×. */
export function times(x100: number): string {
  return `${hundredths(x100)}\u00d7`;
}

/** A multiplier short enough for a row of them: 2.35×, 41.2×, 213×, 4.5k×. */
export function shortTimes(x100: number): string {
  if (x100 < 1_000) return times(x100);
  if (x100 < 10_000) return `${(Math.floor(x100 / 10) / 10).toFixed(1)}\u00d7`;
  return `${short(Math.floor(x100 / 100))}\u00d7`;
}
