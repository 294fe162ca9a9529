import { Store, useSignal } from "../ui/store.ts";
import type { PublicDelta, View } from "../../rooms/poker/types.ts";
import { prefersReducedMotion } from "../ui/reduced-motion.ts";
import { useSeatedAt, type PokerLink } from "./context.tsx";
import { seatsThen } from "./results.ts";
import { stepsBetween, type Step } from "./trail.ts";

/**
 * The table as drawn: follows the live view one step at a time, and shows each step for a while. A call that ends a street puts
 * its chips down before the next card appears, even if both came in one frame. Actions never depend on this view: the action bar
 * uses the live one.
 */

/** How long a step is shown before the next one, in milliseconds. */
function dwellOf({ did }: PublicDelta): number {
  switch (did.type) {
    case "acted":
      return 300;
    case "street":
      return 420;
    case "shown":
      return 380;
    case "dealt":
      return 260;
    case "won":
    case "voided":
    case "sat":
    case "stood":
    case "toppedUp":
    case "satOut":
    case "satIn":
    case "timeBank":
    case "other":
      return 0;
    default:
      did satisfies never;
      return 0;
  }
}

/** With a longer backlog, the scene jumps to the live view. */
const BACKLOG_MAX = 10;

export class Scene {
  readonly #link: PokerLink;
  readonly #view = new Store<View | null>(null);
  /** The table at the end of the last hand: a winner may stand up while the result is still shown. */
  #ended: View | null = null;
  /** The newest view that is shown or queued. */
  #heard: View | null = null;
  #waiting: Step[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #watchers = new Set<(step: Step) => void>();

  constructor(link: PokerLink) {
    this.#link = link;
    link.subscribe(() => this.#hear());
    this.#hear();
  }

  readonly get = this.#view.get;
  /** Notifies when another view is shown. */
  readonly subscribe = this.#view.subscribe;

  /** The seats to show with a result: those at the end of that hand, otherwise the current ones. */
  seatsOf({ hand, seats }: View): View["seats"] {
    return this.#ended !== null && hand !== null && this.#ended.hand?.hand === hand.hand
      ? seatsThen(this.#ended.seats, seats)
      : seats;
  }

  /** Calls `watcher` for each step as it is shown, but not for jumps. */
  watch(watcher: (step: Step) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #hear(): void {
    const view = this.#link.get().known?.view ?? null;
    if (view === null || view === this.#heard) return;
    const steps = this.#heard === null ? null : stepsBetween(this.#heard, view);
    this.#heard = view;
    if (steps === null) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#waiting = [];
      this.#show(view);
      return;
    }
    this.#waiting.push(...steps);
    if (this.#timer === undefined) this.#play();
  }

  #play(): void {
    this.#timer = undefined;
    const hurry = prefersReducedMotion() || document.visibilityState !== "visible";
    for (let step = this.#waiting.shift(); step !== undefined; step = this.#waiting.shift()) {
      this.#show(step.view);
      for (const watcher of this.#watchers) watcher(step);
      const dwell = hurry || this.#waiting.length > BACKLOG_MAX ? 0 : dwellOf(step.shown);
      if (dwell > 0) {
        this.#timer = setTimeout(() => this.#play(), dwell);
        return;
      }
    }
  }

  #show(view: View): void {
    const { hand } = view;
    if (hand !== null && hand.awards !== null && this.#ended?.hand?.hand !== hand.hand) this.#ended = view;
    this.#view.set(view);
  }
}

const scenes = new WeakMap<PokerLink, Scene>();

/** One scene for each table, created when first needed. */
export function sceneOf(link: PokerLink): Scene {
  const known = scenes.get(link);
  if (known !== undefined) return known;
  const scene = new Scene(link);
  scenes.set(link, scene);
  return scene;
}

/** A slice of the drawn view. Call it only once the table is known. */
export function useScene<T>(select: (view: View) => T): T {
  const { link } = useSeatedAt();
  const scene = sceneOf(link);
  return useSignal(scene, () => {
    const view = scene.get();
    if (view === null) throw new Error("the table is not known yet");
    return select(view);
  });
}
