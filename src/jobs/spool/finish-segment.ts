/** Finishes a closed segment: its chunks wait for their upload, or its pieces for the end of the hour, and its evidence too. */
import { asciiBytes } from '../../core/spool/ascii.js';
import { type SlotText, withHeader } from '../../core/spool/chunk-split.js';
import { asciiJson, type SegmentHead } from '../../core/spool/segment.js';
import { type ScannedSegment, SegmentScan } from '../../core/spool/segment-scan.js';
import { chunkObject, fileOfObject } from '../../core/spool/spool-name.js';
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
  sendFolder,
} from './spool-places.js';

/** Bytes of a segment that one pass takes into memory; a larger segment is read several times. */
const SPLIT_BYTES_MAX: number = 32 * 2 ** 20;
/** Files that are compressed and written at once: half of the runtime's four threads, which also append the rows. */
const WRITES_AT_ONCE = 2;

export interface FinishEffects {
  readonly folder: SpoolFolder;
  readonly gzip: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly log: Log;
}

export interface Finished {
  /** Files that wait for their upload now. */
  readonly pendingFiles: number;
  readonly pendingBytes: number;
  /** What is kept until the hour is over. */
  readonly keptBytes: number;
}

const NOTHING: Finished = { pendingFiles: 0, pendingBytes: 0, keptBytes: 0 };

/** Deletes the segment once all its files are there. Once more after a crash, it comes to the same. */
export async function finishSegment(
  name: string,
  sizeBytes: number,
  effects: FinishEffects,
  splitBytesMax: number = SPLIT_BYTES_MAX,
): Promise<Finished> {
  const { folder } = effects;
  await clearStage(name, folder);
  const passes = Math.max(1, Math.ceil(sizeBytes / splitBytesMax));
  const finished = { ...NOTHING };
  for (let pass = 0; pass < passes; pass++) {
    const scan = new SegmentScan({ passes, pass });
    for await (const bytes of folder.read(`${SEGMENTS}/${name}`)) scan.push(bytes);
    const found = scan.finish();
    if (found === undefined) return await leaveOut(name, scan.hasFirstLine, effects);
    if (pass === 0) {
      report(name, found, effects);
      const minute = asciiBytes(asciiJson(found.minute));
      await folder.write(`${keepFolder(name)}/${MINUTE_FILE}`, [minute]);
      finished.keptBytes += minute.length;
    }
    const { head } = found;
    const texts = head.span === '1m' ? found.texts : found.texts.filter(({ rows }) => rows > 0);
    await mapBounded(texts, WRITES_AT_ONCE, async (text) => {
      const { isPending, bytes } = await writeText(name, head, text, effects);
      finished.pendingFiles += isPending ? 1 : 0;
      if (isPending) finished.pendingBytes += bytes;
      else finished.keptBytes += bytes;
    });
  }
  await commitSegment(name, folder);
  return finished;
}

async function writeText(
  name: string,
  head: SegmentHead,
  text: SlotText,
  { folder, gzip }: FinishEffects,
): Promise<{ readonly isPending: boolean; readonly bytes: number }> {
  const { part, span, isGzip, minuteMs: startMs } = head;
  const isPending = span === '1m';
  const plain = isPending ? withHeader(text) : text.bytes;
  const bytes = isGzip ? await gzip(plain) : plain;
  const object = chunkObject({ slot: text.slot, startMs, part, span, isGzip });
  const path = isPending
    ? `${sendFolder(name)}/${fileOfObject(object)}`
    : `${keepFolder(name)}/${text.slot.index}`;
  await folder.write(path, [bytes]);
  return { isPending, bytes: bytes.length };
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
  } else {
    log.event('WARNING', 'spool_segment_empty', { segment: name });
    await folder.remove(path);
  }
  return NOTHING;
}

function report(name: string, { linesBad, tornBytes }: ScannedSegment, { log }: FinishEffects) {
  if (linesBad > 0) log.event('ERROR', 'spool_lines_bad', { segment: name, lines: linesBad });
  if (tornBytes > 0) log.event('WARNING', 'spool_line_torn', { segment: name, bytes: tornBytes });
}
