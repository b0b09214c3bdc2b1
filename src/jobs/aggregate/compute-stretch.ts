/** Reads and folds the chunks of a stretch of a symbol-day, on whichever thread it is called. */
import type { ComputedStretch, StretchEnd, StretchTask } from '../../core/pass/stretch-task.js';
import { SymbolDayPass } from '../../core/pass/symbol-day-pass.js';
import type { RowPool } from '../../core/event/row-pool.js';
import type { InputObject } from '../../core/stored/quality-report.js';
import type { Clock, Codec, ReadSoFar, Store, Tables } from '../ports.js';
import { readChunks } from './read-chunks.js';

/** Time without a turn for the other work of the thread. */
const TURN_MS = 25;
/** The same where the thread also has to send its next requests to a bucket. */
const READING_TURN_MS = 2;

export interface StretchEffects {
  readonly raw: Store;
  readonly codec: Codec;
  readonly tables: Tables;
  readonly clock: Clock;
}

export interface StretchNeeds {
  /** Columns that serve one stretch after the other. */
  readonly pool: RowPool;
  /** Stretches that are computed at once: they share the reads in flight and the memory for reading ahead. */
  readonly atOnce: number;
  readonly onRead: (soFar: ReadSoFar) => void;
}

/** Throws FlowbarsErrors of kind `world` and `limit`. */
export async function computeStretch(
  { day, rules, stretch, idlessMs }: StretchTask,
  { raw, codec, tables, clock }: StretchEffects,
  { pool, atOnce, onRead }: StretchNeeds,
): Promise<StretchEnd> {
  const pass = new SymbolDayPass(day, rules, (line) => tables.splitLine(line), {
    stretch,
    pool,
    ...(idlessMs === undefined ? {} : { idlessMs }),
  });
  const isWhole = stretch.before.length === 0 && stretch.own.toMs === Number.POSITIVE_INFINITY;
  const inputs: InputObject[] = [];
  let bytes = 0;
  const turnMsMax = raw.readNow === undefined ? READING_TURN_MS : TURN_MS;
  let turnMs = clock.nowMs();
  const steps = [...stretch.before, ...stretch.steps];
  const before = new Set(stretch.before);
  for await (const read of readChunks(steps, raw.asOneOf?.(atOnce) ?? raw, codec, atOnce)) {
    if (before.has(read.step)) {
      pass.remember(read.step, read.contents);
      continue;
    }
    pass.take(read.step, read.contents);
    inputs.push(...read.inputs);
    bytes += read.inputs.reduce((sum, { size }) => sum + size, 0);
    onRead({ chunks: inputs.length, bytes });
    const { needsWholeDay } = pass;
    if (!isWhole && needsWholeDay !== undefined) return { needsWholeDay };
    if (clock.nowMs() - turnMs < turnMsMax) continue;
    await clock.turn();
    turnMs = clock.nowMs();
  }
  return { result: pass.finish(), inputs } satisfies ComputedStretch;
}
