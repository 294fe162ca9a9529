-- The read side on D1. What goes in are facts, each once by its key; the triggers keep the sums in step with them in the same
-- statement, so that whatever comes twice, late or in another order changes nothing.
--
-- Rows written for one result: the result and the key it is found by (2), the day's total (1), the standings of its day and week (2),
-- that of all time with its three indexes (4), each index entry being taken out and put in again. Day and week have no indexes:
-- their boards read as many rows as there were players, which is a thousandth of the price of keeping them sorted.

CREATE TABLE result (
  player TEXT NOT NULL,
  at INTEGER NOT NULL CHECK (at >= 0),
  room TEXT NOT NULL,
  round INTEGER NOT NULL CHECK (round >= 1),
  game TEXT NOT NULL,
  staked INTEGER NOT NULL CHECK (staked >= 0),
  returned INTEGER NOT NULL CHECK (returned >= 0),
  PRIMARY KEY (player, at, room, round)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX result_once ON result (player, room, round);

CREATE TABLE change (
  player TEXT NOT NULL,
  entry INTEGER NOT NULL CHECK (entry >= 1),
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL,
  at INTEGER NOT NULL CHECK (at >= 0),
  PRIMARY KEY (player, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE persona (
  player TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX persona_hidden ON persona (player) WHERE hidden = 1;

-- A player's sums of a game and a day.
CREATE TABLE total (
  player TEXT NOT NULL,
  day TEXT NOT NULL,
  game TEXT NOT NULL,
  rounds INTEGER NOT NULL CHECK (rounds >= 1),
  wagered INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  won INTEGER NOT NULL CHECK (won BETWEEN 0 AND rounds),
  biggest INTEGER NOT NULL CHECK (biggest >= 0),
  PRIMARY KEY (player, day, game)
) STRICT, WITHOUT ROWID;

-- What the boards rank, of everybody who has a result in the span: `all`, a day (2026-11-27) or a week (2026-W48).
CREATE TABLE standing (
  span TEXT NOT NULL,
  player TEXT NOT NULL,
  wagered INTEGER NOT NULL,
  profit INTEGER NOT NULL,
  biggest INTEGER NOT NULL CHECK (biggest >= 0),
  -- Of `all` alone.
  balance INTEGER CHECK ((balance IS NULL) = (span <> 'all')),
  PRIMARY KEY (span, player)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_wagered ON standing (wagered DESC, player) WHERE span = 'all';
CREATE INDEX standing_profit ON standing (profit DESC, player) WHERE span = 'all';
CREATE INDEX standing_biggest ON standing (biggest DESC, player) WHERE span = 'all';
CREATE INDEX standing_balance ON standing (balance DESC, player) WHERE span = 'all';

CREATE TABLE span (
  span TEXT PRIMARY KEY,
  players INTEGER NOT NULL CHECK (players >= 1)
) STRICT, WITHOUT ROWID;

CREATE TABLE freshness (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  projected_at INTEGER NOT NULL,
  lag_ms INTEGER NOT NULL CHECK (lag_ms >= 0)
) STRICT;

CREATE TRIGGER result_counts AFTER INSERT ON result BEGIN
  INSERT INTO total (player, day, game, rounds, wagered, returned, won, biggest)
  VALUES (
    NEW.player, strftime('%Y-%m-%d', NEW.at / 1000, 'unixepoch'), NEW.game,
    1, NEW.staked, NEW.returned, NEW.returned > NEW.staked, max(0, NEW.returned - NEW.staked))
  ON CONFLICT (player, day, game) DO UPDATE SET
    rounds = rounds + 1,
    wagered = wagered + excluded.wagered,
    returned = returned + excluded.returned,
    won = won + excluded.won,
    biggest = max(biggest, excluded.biggest);

  INSERT INTO standing (span, player, wagered, profit, biggest, balance)
  VALUES (
    'all', NEW.player, NEW.staked, NEW.returned - NEW.staked, max(0, NEW.returned - NEW.staked),
    NEW.returned - NEW.staked + (SELECT coalesce(sum(amount), 0) FROM change WHERE player = NEW.player))
  ON CONFLICT (span, player) DO UPDATE SET
    wagered = wagered + excluded.wagered,
    profit = profit + excluded.profit,
    balance = balance + excluded.profit;
  -- By itself, so that its index is left alone when there is no new record.
  UPDATE standing SET biggest = NEW.returned - NEW.staked
  WHERE span = 'all' AND player = NEW.player AND biggest < NEW.returned - NEW.staked;

  INSERT INTO standing (span, player, wagered, profit, biggest)
  VALUES
    (strftime('%Y-%m-%d', NEW.at / 1000, 'unixepoch'), NEW.player,
     NEW.staked, NEW.returned - NEW.staked, max(0, NEW.returned - NEW.staked)),
    (strftime('%G-W%V', NEW.at / 1000, 'unixepoch'), NEW.player,
     NEW.staked, NEW.returned - NEW.staked, max(0, NEW.returned - NEW.staked))
  ON CONFLICT (span, player) DO UPDATE SET
    wagered = wagered + excluded.wagered,
    profit = profit + excluded.profit,
    biggest = max(biggest, excluded.biggest);
END;

CREATE TRIGGER change_counts AFTER INSERT ON change BEGIN
  UPDATE standing SET balance = balance + NEW.amount WHERE span = 'all' AND player = NEW.player;
END;

CREATE TRIGGER standing_counts AFTER INSERT ON standing BEGIN
  INSERT INTO span (span, players) VALUES (NEW.span, 1) ON CONFLICT (span) DO UPDATE SET players = players + 1;
END;
