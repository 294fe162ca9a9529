import type { Pocket } from "../../rooms/roulette/types.ts";
import type { Wheel as WheelKind } from "../../rooms/roulette/wheel.ts";
import { Wheel } from "./wheel/wheel.tsx";

const IDLE = { name: "waiting" } as const;

type Props = { readonly wheel: WheelKind; readonly resting: Pocket | null; readonly still: boolean };

/** The wheel between spins, with the ball in the last number. */
export default function WheelArt({ wheel, resting, still }: Props) {
  return (
    <div className="lobby-art lobby-wheel" aria-hidden="true">
      <Wheel wheel={wheel} phase={IDLE} resting={resting} clock={Date.now} still={still} />
    </div>
  );
}
