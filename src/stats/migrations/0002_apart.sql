-- What was played at a table that a player made (`apart`) is in that player's own statistics, and on no board. Rooms of the house are
-- `<game>:main`. The standings are counted anew without the others; a room's old results say what they are by its name.

ALTER TABLE result ADD COLUMN apart INTEGER NOT NULL DEFAULT 0 CHECK (apart IN (0, 1));
UPDATE result SET apart = 1 WHERE room NOT LIKE '%:main';

DROP TRIGGER result_counts;
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
END;

CREATE TRIGGER result_ranks AFTER INSERT ON result WHEN NEW.apart = 0 BEGIN
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

DELETE FROM span;
DELETE FROM standing;
INSERT INTO standing (span, player, wagered, profit, biggest, balance)
SELECT 'all', player, sum(staked), sum(returned - staked), max(0, max(returned - staked)),
  sum(returned - staked) + (SELECT coalesce(sum(amount), 0) FROM change WHERE change.player = result.player)
FROM result WHERE apart = 0 GROUP BY player;
INSERT INTO standing (span, player, wagered, profit, biggest)
SELECT strftime('%Y-%m-%d', at / 1000, 'unixepoch'), player, sum(staked), sum(returned - staked), max(0, max(returned - staked))
FROM result WHERE apart = 0 GROUP BY 1, 2;
INSERT INTO standing (span, player, wagered, profit, biggest)
SELECT strftime('%G-W%V', at / 1000, 'unixepoch'), player, sum(staked), sum(returned - staked), max(0, max(returned - staked))
FROM result WHERE apart = 0 GROUP BY 1, 2;
