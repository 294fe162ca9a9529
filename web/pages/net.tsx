import { signed } from "../ui/format.ts";

/** A profit or loss, shown by sign and shape as well as colour. */
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
