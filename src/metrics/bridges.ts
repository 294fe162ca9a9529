import type { Settings } from "../env.ts";
import type { BridgeReport } from "../bridge-port.ts";

/** Which reports of the bridge to Kafka apply to this house, and whether they are still current. */

/** The routes of this house's events over Kafka, as `<topic> <direction>`. Reports of others come from earlier settings. */
export function waysOf({ ROLE, LOTTERY }: Pick<Settings, "ROLE" | "LOTTERY">): readonly string[] {
  if (LOTTERY !== "kafka") return [];
  return ROLE === "lottery" ? ["awards to-kafka", "stakes from-kafka"] : ["stakes to-kafka", "awards from-kafka"];
}

/** The report, or a failing one in its place if the bridge's next report is overdue. */
export function heardOf(report: BridgeReport, now: number): BridgeReport {
  if (report.next === undefined || now <= report.next) return report;
  const seconds = Math.round((now - report.at) / 1_000);
  return { ...report, state: "failing", error: `the bridge has said nothing for ${seconds} s`, lag: null };
}
