import type { Consumer } from "@platformatic/kafka";
import type { InRecord } from "./topic-source.ts";

export type FetchResponse = Awaited<ReturnType<Consumer["fetch"]>>;
export type FetchedPartition = FetchResponse["responses"][number]["partitions"][number];
type Batch = NonNullable<FetchedPartition["records"]>[number];

const IS_TRANSACTIONAL = 1 << 4;
const IS_CONTROL = 1 << 5;
/** The type of an abort marker: the second 16-bit field of a control record's key. */
const ABORT = 0;

/**
 * The records of a fetched partition from offset `from` on, and the next offset to read; null: it does not move. Brokers send
 * whole batches, so records before `from` are skipped. Control markers and records of aborted transactions are skipped too: the
 * client drops those only when the abort marker is in the same response.
 */
export function readPartition(
  partition: FetchedPartition,
  from: number,
): { readonly records: InRecord[]; readonly next: number | null } {
  const records: InRecord[] = [];
  let next: number | null = null;
  const givenUp = new Set<bigint>();
  const coming = [...(partition.abortedTransactions ?? [])].sort((a, b) => Number(a.firstOffset - b.firstOffset));
  for (const batch of partition.records ?? []) {
    const last = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    for (let one = coming[0]; one !== undefined && one.firstOffset <= last; one = coming[0]) {
      givenUp.add(one.producerId);
      coming.shift();
    }
    if (Number(last) + 1 > (next ?? from)) next = Number(last) + 1;
    if ((batch.attributes & IS_CONTROL) !== 0) {
      if (isAbort(batch)) givenUp.delete(batch.producerId);
      continue;
    }
    if ((batch.attributes & IS_TRANSACTIONAL) !== 0 && givenUp.has(batch.producerId)) continue;
    for (const { offsetDelta, value } of batch.records) {
      const offset = Number(batch.firstOffset) + offsetDelta;
      if (offset >= from) records.push({ partition: partition.partitionIndex, offset, value });
    }
  }
  return { records, next };
}

const isAbort = (batch: Batch): boolean => batch.records[0]?.key?.readInt16BE(2) === ABORT;
