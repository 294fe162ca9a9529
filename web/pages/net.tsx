import { signed } from "../ui/format.ts";

/** What was won or lost: a sign and a shape go with the colour. */
export function Net({ net }: { readonly net: number }) {
  const tone = net > 0 ? "text-won" : net < 0 ? "text-lost" : "";
  const shape = net > 0 ? "\u25b2" : net < 0 ? "\u25bc" : "";
  return (
    <span className={`numerals whitespace-nowrap ${tone}`}>
      {shape !== "" && (
        <span className="mr-1 text-[0.7em]" aria-hidden="true">
          {shape}
        </span>
      )}
      {signed(net)}
    </span>
  );
}
