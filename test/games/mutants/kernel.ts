import type { Stamped } from "../../../rooms/kernel/inputs.ts";
import type { Ms, PlayerId } from "../../../rooms/game.ts";
import type { Mutant } from "../mutants.ts";

/** In the kernel. */
export const inTheKernel: readonly Mutant[] = [
  {
    name: "a top-up credited twice",
    caughtBy: "pursesAddUp",
    says: /what came from the wallets and stayed/,
    modules: ({ answered, pay }) => ({
      answered: (purse, id, answer) => {
        const after = answered(purse, id, answer);
        return answer.ok && purse.transfer?.kind === "topup" ? pay(after, answer.amount) : after;
      },
    }),
  },
  {
    name: "a cash-out not debited",
    caughtBy: "pursesAddUp",
    says: /what came from the wallets and stayed/,
    modules: ({ opened }) => ({ opened: (purse, ...rest) => ({ ...opened(purse, ...rest), chips: purse.chips }) }),
  },
  {
    name: "a stake that leaves the purse as it was",
    caughtBy: "simulation",
    says: /owns what was given, won and lost/,
    modules: () => ({ stake: (purse) => purse }),
  },
  {
    name: "a house that the kernel forgets",
    caughtBy: "pursesAddUp",
    says: /what came from the wallets and stayed/,
    modules: ({ applyGame }) => ({
      applyGame: (game, kernel, planned, at, effects) => {
        const { house } = kernel;
        applyGame(game, kernel, planned, at, effects);
        kernel.house = house;
      },
    }),
  },
  {
    name: "a fault that keeps one stake",
    caughtBy: "simulation",
    says: /owns what was given, won and lost/,
    modules: ({ apply }) => ({
      apply: (game, kernel, event, at, effects) => {
        const kept = event.type === "room.faulted" ? { ...event, refunds: event.refunds.slice(1) } : event;
        apply(game, kernel, kept, at, effects);
      },
    }),
  },
  {
    name: "a skipped id check: nothing that was accepted is known",
    caughtBy: "idsAreOnce",
    says: /a repeated command changes nothing|is answered the same/,
    modules: ({ Recent }) => ({
      Recent: class extends Recent {
        override find(): undefined {
          return undefined;
        }
      },
    }),
  },
  {
    name: "a skipped id check within a batch",
    caughtBy: "simulation",
    says: /was accepted twice/,
    modules: ({ Ids }) => ({
      Ids: class extends Ids {
        override find(): undefined {
          return undefined;
        }
      },
    }),
  },
  {
    name: "a journal row lost",
    caughtBy: "replays",
    says: /replay from the beginning/,
    modules: ({ replay }) => ({ replay: (kernel, rows, game) => replay(kernel, [...rows].slice(0, -1), game) }),
  },
  {
    name: "an event that replay does not fold",
    caughtBy: "replays",
    says: /replay from/,
    modules: ({ replay }) => ({
      replay: (kernel, rows, game) => {
        const left = [...rows].map(({ at, events }) => ({
          at,
          events: events.filter((e) => e.type !== "room.entropy"),
        }));
        return replay(kernel, left, game);
      },
    }),
  },
  {
    name: "a snapshot that forgets who is leaving",
    caughtBy: "replays",
    says: /a snapshot thaws to what was frozen/,
    modules: ({ thaw }) => ({
      thaw: (snapshot, upgrade) => ({ ...thaw(snapshot, upgrade), leaving: new Set<PlayerId>() }),
    }),
  },
  {
    name: "a batch that changes the purses it began with",
    caughtBy: "forks",
    says: /changed the room that it began with/,
    modules: ({ fork }) => ({ fork: (kernel) => ({ ...fork(kernel), purses: kernel.purses }) }),
  },
  {
    name: "an alarm not set for the grace of those who are away",
    caughtBy: "timeGoesFirst",
    says: /the alarm is set to the soonest deadline/,
    modules: ({ nextDeadline }) => ({
      nextDeadline: (kernel, world) => nextDeadline({ ...kernel, away: new Map() }, world),
    }),
  },
  {
    name: "an alarm not set at all",
    caughtBy: "simulation",
    says: /the alarm is set for the soonest deadline/,
    modules: () => ({ nextDeadline: () => null }),
  },
  {
    name: "input before time: a batch is judged as of its end",
    caughtBy: "timeGoesFirst",
    says: /judged by the stamp of its arrival/,
    modules: ({ run }) => ({
      run: (kernel, parked, inputs, now, world) => {
        const late = inputs.map((item): Stamped<never> => ({ ...item, at: now }) as never);
        return run(kernel, parked, late, now, world);
      },
    }),
  },
  {
    name: "bets taken under a commitment that nobody could have seen",
    caughtBy: "uncommittedRoundsWait",
    says: /was bet on or drawn before its commitment was durable/,
    modules: ({ Batch }) => ({
      Batch: class<Token> extends Batch<Token> {
        override committed(): boolean {
          return true;
        }
      },
    }),
  },
  {
    name: "a wrong commitment: to another seed than the one revealed",
    caughtBy: "roundsAreProved",
    says: /the commitment opens to the revealed seed/,
    modules: ({ commit }) => ({ commit: (seed) => commit(`00${seed.slice(2)}`) }),
  },
  {
    name: "a draw from another seed than the one committed to",
    caughtBy: "roundsAreProved",
    says: /the draw is not the result/,
    modules: ({ drawStream }) => ({ drawStream: (seed, ...rest) => drawStream(`00${seed.slice(2)}`, ...rest) }),
  },
  {
    name: "a seed shown with its commitment",
    caughtBy: "secretsAreKept",
    says: /the seed of round \d+ got out/,
    modules: ({ commit, roomDelta }) => {
      const seeds = new Map<string, string>();
      return {
        commit: (seed) => {
          const hash = commit(seed);
          seeds.set(hash, seed);
          return hash;
        },
        roomDelta: (event) => {
          const shown = roomDelta(event);
          return shown?.type === "room.committed" ? Object.assign(shown, { seed: seeds.get(shown.hash) }) : shown;
        },
      };
    },
  },
  {
    name: "a refusal that leaves something behind",
    caughtBy: "refusalsChangeNothing",
    says: /a refused command changes nothing/,
    modules: ({ Batch }) => ({
      Batch: class<Token> extends Batch<Token> {
        override refuse(item: Stamped<Token>, code: string, message: string): void {
          super.refuse(item, code, message);
          this.emit({ type: "room.notice", status: this.kernel.table.status, message: "no" }, this.kernel.at);
        }
      },
    }),
  },
  {
    name: "presence that is news every time",
    caughtBy: "inputsAreOnce",
    says: /what was said before is no news/,
    modules: ({ apply }) => ({
      apply: (game, kernel, event, at, effects) => {
        const { presence } = kernel;
        apply(game, kernel, event, at, effects);
        if (event.type === "room.presence")
          kernel.presence = new Map(presence).set(event.player, { ...event, since: at, online: false });
      },
    }),
  },
  {
    name: "a transfer that nobody carries to the wallet",
    caughtBy: "simulation",
    says: /an open transfer is carried/,
    modules: ({ TransferRetrier }) => ({
      TransferRetrier: class extends TransferRetrier {
        override expect(): void {}
      },
    }),
  },
  {
    name: "a round that began, after a replay, as its batch ended",
    caughtBy: "replays",
    says: /replay from/,
    modules: ({ replay }) => ({
      replay: (kernel, rows, game) => {
        const late = [...rows].map(({ at, events }) => ({
          at,
          events: events.map((e) => (e.type === "game" ? { type: e.type, event: e.event } : e)),
        }));
        return replay(kernel, late, game);
      },
    }),
  },
  {
    name: "an errand forgotten before its answer is journaled",
    caughtBy: "simulation",
    says: /an open transfer is carried/,
    modules: ({ TransferRetrier }) => ({
      TransferRetrier: class Hasty extends TransferRetrier {
        constructor(world: ConstructorParameters<typeof TransferRetrier>[0]) {
          super({
            ...world,
            answered: (player, id, answer) => {
              this.done(id);
              world.answered(player, id, answer);
            },
          });
        }
      },
    }),
  },
  {
    name: "a first frame after a sleep that begins where the room woke",
    caughtBy: "simulation",
    says: /with a gap/,
    modules: ({ PublicFeed }) => ({
      PublicFeed: class extends PublicFeed {
        readonly #woke: number;
        constructor(...[game, seq]: ConstructorParameters<typeof PublicFeed>) {
          super(game, seq);
          this.#woke = seq;
        }
        override take(now: Ms): string | null {
          return super.take(now)?.replace('"from":1,', `"from":${this.#woke + 1},`) ?? null;
        }
      },
    }),
  },
  {
    name: "a resume that leaves out what was missed",
    caughtBy: "simulation",
    says: /with a gap|the page's (view|table) is the room's/,
    modules: ({ PublicFeed }) => ({
      PublicFeed: class extends PublicFeed {
        override missed(): readonly string[] {
          return [];
        }
      },
    }),
  },
  {
    name: "a reply before its commit is on the disk",
    caughtBy: "simulation",
    says: /was accepted, and the room that woke does not know it|owns what was given|accepted with this answer before/,
    lyingDisk: true,
  },
];
