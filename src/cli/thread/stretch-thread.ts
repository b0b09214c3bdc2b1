/** The entry of a further thread: it computes one stretch of a symbol-day after the other. */
import { packed } from '../../core/pass/crossing.js';
import { RowPool } from '../../core/event/row-pool.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { codec } from '../../edge/format/codec.js';
import { csvTables } from '../../edge/format/csv-table.js';
import { systemClock } from '../../edge/process/clock.js';
import { answerRequests, type Reply } from '../../edge/process/worker-thread.js';
import { openStore } from '../../edge/store-root.js';
import { computeStretch } from '../../jobs/aggregate/compute-stretch.js';
import type { ReadSoFar, Store } from '../../jobs/ports.js';
import type { RawPlace, StretchAnswer, StretchRequest, StretchTalk } from './stretch-request.js';

/** Time between two notes on the progress. */
const NOTE_MS = 100;

const stores = new Map<string, Store>();
const pool = new RowPool();

answerRequests<StretchTalk>(async (request, note) => {
  let notedMs = 0;
  const onRead = (soFar: ReadSoFar): void => {
    const nowMs = systemClock.nowMs();
    if (nowMs - notedMs < NOTE_MS) return;
    notedMs = nowMs;
    note(soFar);
  };
  return await replyTo(request, onRead);
});

async function replyTo(
  { task, atOnce, place }: StretchRequest,
  onRead: (soFar: ReadSoFar) => void,
): Promise<Reply<StretchAnswer>> {
  const effects = { raw: storeAt(place), codec, tables: csvTables, clock: systemClock };
  try {
    const end = await computeStretch(task, effects, { pool, atOnce, onRead });
    if (!('result' in end)) return { answer: end, moved: [] };
    const { message, moved } = packed(end.result);
    return { answer: { packedResult: message, inputs: end.inputs }, moved };
  } catch (error) {
    if (!(error instanceof FlowbarsError)) throw error;
    return { answer: { kind: error.kind, parts: error.parts }, moved: [] };
  }
}

/** Kept from one request to the next, with its connections. */
function storeAt({ root, gcsEndpoint }: RawPlace): Store {
  const key = JSON.stringify([root, gcsEndpoint]);
  const store = stores.get(key) ?? openStore(root, { gcsEndpoint });
  stores.set(key, store);
  return store;
}
