import { useEffect, useMemo, useRef } from "react";
import { elapsedTo } from "../../../rooms/crash/curve.ts";
import type { Phase } from "../../../rooms/crash/types.ts";
import { times } from "../../ui/format.ts";
import { useReducedMotion } from "../../ui/reduced-motion.ts";
import { useSeat, useSeatedAt, useTable, useView } from "../context.tsx";
import { paint, type Mark, type Picture } from "./paint.ts";
import { flownMs } from "./shape.ts";

/** How long the light takes to go out after the crash. */
const DUSK_MS = 700;
const NONE: readonly never[] = [];

/**
 * The flight, as large as its box. It asks the server's clock in every frame and keeps nothing of its own but when the end was
 * seen, so it is always where it should be.
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
    // A crash that was there when the page came is long over.
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
    // Also when the window goes to a screen with finer pixels.
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

/** At the screen's own pixels, whatever their size is by now. */
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

/** Who got out where: others as far as the list shows them, and oneself. */
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
