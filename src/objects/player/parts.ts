import { Backlogs } from "./backlog.ts";
import { Ledger } from "./ledger.ts";
import { LimitBook } from "./limits.ts";
import { News } from "./outbox.ts";
import { ProfileStore } from "./profile.ts";
import { Requests } from "./requests.ts";
import { Sessions } from "./sessions.ts";
import { Transfers } from "./transfers.ts";

/** The parts of a player's state, by subject, all in the object's one database. No part commits by itself. */
export type Parts = {
  readonly storage: DurableObjectStorage;
  readonly profile: ProfileStore;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly requests: Requests;
  readonly limits: LimitBook;
  readonly transfers: Transfers;
  readonly news: News;
  readonly backlogs: Backlogs;
};

export function partsOf(storage: DurableObjectStorage): Parts {
  const { sql } = storage;
  const ledger = new Ledger(sql);
  const limits = new LimitBook(sql);
  const news = new News(sql);
  return {
    storage,
    profile: new ProfileStore(sql),
    ledger,
    sessions: new Sessions(sql),
    requests: new Requests(sql),
    limits,
    transfers: new Transfers(sql, ledger, limits),
    news,
    backlogs: new Backlogs(sql, news),
  };
}
