import { useEffect, useMemo, useRef } from "react";
import { elapsedTo } from "../../../rooms/crash/curve.ts";
import type { Phase } from "../../../rooms/crash/types.ts";
import { times } from "../../ui/format.ts";
import { useReducedMotion } from "../../ui/reduced-motion.ts";
import { useSeat, useSeatedAt, useTable, useView } from "../context.tsx";
import { paint, type Mark, type Picture } from "./paint.ts";
import { flownMs } from "./shape.ts";

/** How long the light fades after the crash, in milliseconds. */
const DUSK_MS = 700;
const NONE: readonly never[] = [];

/**
 * The drawing of the flight, as large as its box. Each frame is drawn from the server's clock. The only state is when the end was
 * seen, so the drawing is right whenever the page joins.
 */
export function Flight() {
  const { link } = useSeatedAt();
  const phase = useView((view) => view.phase);
  const before = useView((view) => view.history[0]?.endX100 ?? null);
  const still = useReducedMotion();
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useMarks(phase);
  const targets = useTargets(phase);
  const rest = useMemo(
    () => ({
      flying: phase.name === "running" || phase.name === "crashed",
      traceMs: before === null ? null : elapsedTo(before),
      marks,
      targets,
    }),
    [phase, before, marks, targets],
  );
  const ended = useRef<{ readonly phase: Phase; readonly at: number } | null>(null);

  useEffect(() => {
    const target = canvas.current;
    if (target === null) return undefined;
    // A crash that happened before the page loaded is not animated.
    if (phase.name === "crashed" && ended.current?.phase !== phase) {
      ended.current = { phase, at: performance.now() };
    }
    const { clock } = link;
    const light = (): number => {
      if (phase.name !== "crashed") return 1;
      return still ? 0 : Math.max(0, 1 - (performance.now() - (ended.current?.at ?? 0)) / DUSK_MS);
    };
    let frame = 0;
    const draw = (): void => paintOn(target, { ms: flownMs(phase, clock.now()), light: light(), ...rest });
    const loop = (): void => {
      draw();
      if (phase.name === "running" || light() > 0) frame = requestAnimationFrame(loop);
    };
    if (rest.flying) loop();
    else draw();
    const observer = new ResizeObserver(draw);
    observer.observe(target);
    // Also fires when the window moves to a screen with another pixel ratio.
    window.addEventListener("resize", draw);
    void document.fonts.ready.then(draw);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", draw);
      cancelAnimationFrame(frame);
    };
  }, [link, phase, still, rest]);

  return <canvas ref={canvas} className="flight-canvas" aria-hidden="true" />;
}

/** Paints at the screen's current pixel ratio. */
function paintOn(canvas: HTMLCanvasElement, picture: Omit<Picture, "width" | "height">): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const ctx = canvas.getContext("2d");
  if (ctx === null) return;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(ctx, { ...picture, width, height });
}

/** Cash-outs to mark on the curve: the player's own, and those of others as far as the board lists them. */
function useMarks(phase: Phase): readonly Mark[] {
  const you = useTable(({ known }) => known?.you ?? null);
  const crashed = phase.name === "crashed";
  const flying = phase.name === "running" || crashed;
  const board = useView((view) => (crashed ? view.last?.board : view.board));
  const round = useView((view) => view.round);
  const seat = useSeat();
  const bets = crashed && seat?.last?.round === round - 1 ? seat.last.bets : seat?.bets;
  return useMemo(() => {
    if (!flying || board === undefined) return NONE;
    const others = board.top.flatMap(({ player, outX100 }): Mark[] =>
      outX100 === null || player === you ? [] : [{ ms: elapsedTo(outX100), mine: false, words: null }],
    );
    const mine = (bets ?? NONE).flatMap(({ out }): Mark[] =>
      out === null ? [] : [{ ms: elapsedTo(out.x100), mine: true, words: times(out.x100) }],
    );
    return [...others, ...mine];
  }, [board, bets, flying, you]);
}

function useTargets(phase: Phase): readonly number[] {
  const bets = useSeat()?.bets ?? NONE;
  return useMemo(
    () =>
      phase.name === "running"
        ? bets.flatMap(({ targetX100, out }) => (targetX100 === null || out !== null ? [] : [targetX100 / 100]))
        : NONE,
    [bets, phase.name],
  );
}
