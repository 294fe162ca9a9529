import { Store, useSignal } from "../ui/store.ts";
import type { PublicDelta, View } from "../../rooms/poker/types.ts";
import { prefersReducedMotion } from "../ui/reduced-motion.ts";
import { useSeatedAt, type PokerLink } from "./context.tsx";
import { seatsThen } from "./results.ts";
import { stepsBetween, type Step } from "./trail.ts";

/**
 * The table as it is drawn: it follows the live view step by step, and lets each be seen before the next. A call that ends a street
 * puts its chips down before the next card comes, though both came in one frame. What can be done is never taken from here: the
 * act bar lives on the live view.
 */

/** For how long a step is seen before the next one, in milliseconds. */
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

/** When so much waits to be seen, it is not: the table catches up. */
const BACKLOG_MAX = 10;

export class Scene {
  readonly #link: PokerLink;
  readonly #view = new Store<View | null>(null);
  /** How the table was as the last hand ended: who won it may stand up while the result is shown. */
  #ended: View | null = null;
  /** The newest view that is seen or waits to be. */
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
  /** The view that is seen is another one. */
  readonly subscribe = this.#view.subscribe;

  /** The seats that a result tells of; as they are, before the first. */
  seatsOf({ hand, seats }: View): View["seats"] {
    return this.#ended !== null && hand !== null && this.#ended.hand?.hand === hand.hand
      ? seatsThen(this.#ended.seats, seats)
      : seats;
  }

  /** Hears each step as it is seen; a jump is no step. */
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

/** One for each table, from when it is sat at. */
export function sceneOf(link: PokerLink): Scene {
  const known = scenes.get(link);
  if (known !== undefined) return known;
  const scene = new Scene(link);
  scenes.set(link, scene);
  return scene;
}

/** A slice of the table as it is drawn. Only used once the table is known. */
export function useScene<T>(select: (view: View) => T): T {
  const { link } = useSeatedAt();
  const scene = sceneOf(link);
  return useSignal(scene, () => {
    const view = scene.get();
    if (view === null) throw new Error("the table is not known yet");
    return select(view);
  });
}
