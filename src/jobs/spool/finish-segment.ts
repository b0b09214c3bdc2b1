/** Finishes a closed segment: its chunks wait for their upload, or its pieces for the end of the hour, and its evidence too. */
import { asciiBytes } from '../../core/spool/ascii.js';
import { type SlotText, withHeader } from '../../core/spool/chunk-split.js';
import { asciiJson, type SegmentHead } from '../../core/spool/segment.js';
import { type ScannedSegment, SegmentScan } from '../../core/spool/segment-scan.js';
import { chunkObject } from '../../core/spool/spool-name.js';
import { mapBounded } from '../map-bounded.js';
import type { Log } from '../ports.js';
import type { SpoolFolder } from '../recorder-ports.js';
import {
  ASIDE,
  clearStage,
  commitSegment,
  keepFolder,
  MINUTE_FILE,
  SEGMENTS,
} from './spool-places.js';
import { BatchStage, type PendingBatch } from './stage-batch.js';

/** Bytes of a segment that one pass takes into memory; a larger segment is read several times. */
const SPLIT_BYTES_MAX: number = 32 * 2 ** 20;
/** Files that are compressed and written at once: half of the runtime's four threads, which also append the rows. */
const WRITES_AT_ONCE = 2;

export interface FinishPace {
  readonly splitBytesMax?: number;
  readonly writesAtOnce?: number;
}

export interface FinishEffects {
  readonly folder: SpoolFolder;
  readonly gzip: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly log: Log;
}

export interface Finished {
  /** Waits for its upload now. */
  readonly batch: PendingBatch | undefined;
  /** What is kept until the hour is over. */
  readonly keptBytes: number;
  /** Sources that nobody can read, moved aside. */
  readonly setAside: number;
}

const NOTHING: Finished = { batch: undefined, keptBytes: 0, setAside: 0 };

/** Deletes the segment once all its files are there. Once more after a crash, it comes to the same. */
export async function finishSegment(
  name: string,
  sizeBytes: number,
  effects: FinishEffects,
  { splitBytesMax = SPLIT_BYTES_MAX, writesAtOnce = WRITES_AT_ONCE }: FinishPace = {},
): Promise<Finished> {
  const { folder } = effects;
  const passes = Math.max(1, Math.ceil(sizeBytes / splitBytesMax));
  const finished = await staged(name, folder, () =>
    stageSegment(name, { passes, writesAtOnce }, effects),
  );
  if (typeof finished === 'boolean') return await leaveOut(name, finished, effects);
  await commitSegment(name, folder);
  return finished;
}

/** A stage that failed leaves nothing on a disk that may be full. */
export async function staged<T>(
  name: string,
  folder: SpoolFolder,
  stage: () => Promise<T>,
): Promise<T> {
  await clearStage(name, folder);
  try {
    return await stage();
  } catch (error) {
    await clearStage(name, folder);
    throw error;
  }
}

/** Without a head: whether it has a first line. */
async function stageSegment(
  name: string,
  { passes, writesAtOnce }: { readonly passes: number; readonly writesAtOnce: number },
  effects: FinishEffects,
): Promise<Finished | boolean> {
  const { folder } = effects;
  const stage = new BatchStage(name, folder);
  let keptBytes = 0;
  let last: SegmentHead | undefined;
  for (let pass = 0; pass < passes; pass++) {
    const scan = new SegmentScan({ passes, pass });
    for await (const bytes of folder.read(`${SEGMENTS}/${name}`)) scan.push(bytes);
    const found = scan.finish();
    if (found === undefined) return scan.hasFirstLine;
    if (pass === 0) {
      report(name, found, effects);
      const minute = asciiBytes(asciiJson(found.minute));
      await folder.write(`${keepFolder(name)}/${MINUTE_FILE}`, [minute]);
      keptBytes += minute.length;
    }
    const { head } = found;
    last = head;
    const texts = head.span === '1m' ? found.texts : found.texts.filter(({ rows }) => rows > 0);
    await mapBounded(texts, writesAtOnce, async (text) => {
      if (head.span === '1m') await addChunk(stage, head, text, effects);
      else keptBytes += await keepPiece(name, head, text, effects);
    });
  }
  const batch = last === undefined ? undefined : await stage.close(last);
  return { batch, keptBytes, setAside: 0 };
}

async function addChunk(
  stage: BatchStage,
  { part, span, isGzip, minuteMs: startMs }: SegmentHead,
  text: SlotText,
  { gzip }: FinishEffects,
): Promise<void> {
  const plain = withHeader(text);
  const bytes = isGzip ? await gzip(plain) : plain;
  await stage.add(chunkObject({ slot: text.slot, startMs, part, span, isGzip }), [bytes]);
}

/** Its bytes. */
async function keepPiece(
  name: string,
  { isGzip }: SegmentHead,
  { slot, bytes: plain }: SlotText,
  { folder, gzip }: FinishEffects,
): Promise<number> {
  const bytes = isGzip ? await gzip(plain) : plain;
  await folder.write(`${keepFolder(name)}/${slot.index}`, [bytes]);
  return bytes.length;
}

/** A segment without a head has no row either, unless the disk is damaged. */
async function leaveOut(
  name: string,
  isDamaged: boolean,
  { folder, log }: FinishEffects,
): Promise<Finished> {
  const path = `${SEGMENTS}/${name}`;
  if (isDamaged) {
    log.event('ERROR', 'spool_segment_unreadable', { segment: name, moved_to: ASIDE });
    await folder.move(path, `${ASIDE}/${name}`);
    return { ...NOTHING, setAside: 1 };
  }
  log.event('WARNING', 'spool_segment_empty', { segment: name });
  await folder.remove(path);
  return NOTHING;
}

function report(name: string, { linesBad, tornBytes }: ScannedSegment, { log }: FinishEffects) {
  if (linesBad > 0) log.event('ERROR', 'spool_lines_bad', { segment: name, lines: linesBad });
  if (tornBytes > 0) log.event('WARNING', 'spool_line_torn', { segment: name, bytes: tornBytes });
}
