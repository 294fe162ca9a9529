import { chips, type Chips, type PlayerId } from "../../../rooms/game.ts";
import type { Wallet } from "../../../rooms/host/services.ts";
import type { TransferAnswer, TransferRequest } from "../../../rooms/kernel/transfer.ts";

/** A call on its way. `answer` is what the caller gets; `lose` makes the outcome unknown to it. */
export type Call = {
  readonly player: PlayerId;
  readonly request: TransferRequest;
  readonly answer: (answer: TransferAnswer) => void;
  readonly lose: () => void;
};

/** All wallets as one: idempotent by transfer id, and never quick. Whoever drives it decides what becomes of each call. */
export class ModelWallet implements Wallet {
  readonly balances = new Map<PlayerId, number>();
  readonly calls: Call[] = [];
  /** What every transfer that was done was answered. */
  readonly done = new Map<string, { readonly body: string; readonly answer: TransferAnswer }>();
  /** Given out so far: the promotions account, with its sign turned. */
  granted = 0;

  grant(player: PlayerId, amount: number): void {
    this.balances.set(player, (this.balances.get(player) ?? 0) + amount);
    this.granted += amount;
  }

  transfer(player: PlayerId, request: TransferRequest): Promise<TransferAnswer> {
    return new Promise((resolve, reject) => {
      this.calls.push({ player, request, answer: resolve, lose: () => reject(new Error("the line is dead")) });
    });
  }

  /** Does the transfer, once. */
  apply({ player, request }: Call): TransferAnswer {
    const body = JSON.stringify([player, request]);
    const known = this.done.get(request.id);
    if (known !== undefined) {
      if (known.body === body) return known.answer;
      return { ok: false, code: "transfer_conflict", balance: this.#balance(player) };
    }
    const answer = this.#move(player, request);
    this.done.set(request.id, { body, answer });
    return answer;
  }

  #balance(player: PlayerId): Chips {
    return chips(this.balances.get(player) ?? 0);
  }

  #move(player: PlayerId, { kind, amount, min }: TransferRequest): TransferAnswer {
    const before = this.#balance(player);
    if (kind === "topup" && before < min) return { ok: false, code: "insufficient_funds", balance: before };
    const moved = kind === "topup" ? Math.min(amount, before) : amount; // of an `allowance`: none
    const balance = chips(kind === "topup" ? before - moved : before + moved);
    this.balances.set(player, balance);
    return { ok: true, amount: chips(moved), balance };
  }
}
