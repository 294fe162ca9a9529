import type { Settings } from "../env.ts";
import type { BridgeReport } from "../bridge-port.ts";

/** What the reports of the bridge to Kafka are worth. */

/** Ways of a house whose events go by Kafka, as `<topic> <direction>`. What an earlier setting has left is none of them. */
export function waysOf({ ROLE, LOTTERY }: Pick<Settings, "ROLE" | "LOTTERY">): readonly string[] {
  if (LOTTERY !== "kafka") return [];
  return ROLE === "lottery" ? ["awards to-kafka", "stakes from-kafka"] : ["stakes to-kafka", "awards from-kafka"];
}

/** A report that should have been followed by another one says nothing of how it goes now. */
export function heardOf(report: BridgeReport, now: number): BridgeReport {
  if (report.next === undefined || now <= report.next) return report;
  const seconds = Math.round((now - report.at) / 1_000);
  return { ...report, state: "failing", error: `the bridge has said nothing for ${seconds} s`, lag: null };
}
