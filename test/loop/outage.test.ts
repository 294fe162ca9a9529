import { describe, expect, test } from "vitest";
import { skipKafka } from "../kafka/broker.ts";
import { outage } from "./outage.ts";

describe.skipIf(skipKafka() || process.env["KAFKA_BROKERS"] !== undefined)(
  "half a minute without Kafka, and without the lottery",
  () => {
    test("bets go on as before, everything arrives within a minute of the return, and nothing is a dead letter", async () => {
      const result = await outage(30_000, (line) => console.log(line));
      console.log(JSON.stringify(result));
      expect(result.arrivedMs.kafka).toBeLessThan(60_000);
      expect(result.arrivedMs.lottery).toBeLessThan(60_000);
      expect(result.deadLetters).toBe(0);
      expect(result.bets).toBeGreaterThan(1_000);
      expect(result.draws).toBeGreaterThan(5);
      expect(result.ratio).toBeLessThanOrEqual(1.25);
    });
  },
);
