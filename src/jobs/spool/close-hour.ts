/** Closes an hour of a session: its sidecar, and the chunks that hold an hour, wait for their upload. */
import { asciiBytes, asciiText } from '../../core/spool/ascii.js';
import { headerBytes } from '../../core/spool/chunk-split.js';
import { sidecarOf } from '../../core/spool/hour-evidence.js';
import { type Minute, parseMinute } from '../../core/spool/minute.js';
import { asciiJson, type SegmentHead } from '../../core/spool/segment.js';
import { type Slot, slotsOf } from '../../core/spool/slots.js';
import { chunkObject } from '../../core/spool/spool-name.js';
import { sidecarName } from '../../core/sidecar/sidecar.js';
import { dateOf, HOUR_MS } from '../../core/unit/utc-date.js';
import type { SpoolFolder } from '../recorder-ports.js';
import { type FinishEffects, staged } from './finish-segment.js';
import { ASIDE, commitHour, KEPT, MINUTE_FILE } from './spool-places.js';
import { BatchStage, type PendingBatch } from './stage-batch.js';

export interface ClosedHour {
  /** Waits for its upload now. */
  readonly batch: PendingBatch | undefined;
  readonly freedBytes: number;
  /** Minutes that nobody can read. */
  readonly setAside: number;
}

interface KeptMinute {
  readonly path: string;
  readonly files: ReadonlySet<string>;
  readonly sizeBytes: number;
  /** Undefined if the disk is damaged. */
  readonly minute: Minute | undefined;
}

/** `goesOn`: the session has later minutes than those of this hour. */
export async function closeHour(
  hour: string,
  goesOn: boolean,
  effects: FinishEffects,
): Promise<ClosedHour> {
  const { folder, log } = effects;
  const kept = await keptMinutes(hour, folder);
  const minutes = kept.flatMap(({ minute }) => minute ?? []);
  const freedBytes = kept.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  const linesBad = kept.length - minutes.length;
  if (linesBad > 0) log.event('ERROR', 'spool_evidence_unreadable', { hour, minutes: linesBad });
  const head = minutes[0]?.head;
  if (head === undefined) {
    if (kept.length > 0) await folder.move(`${KEPT}/${hour}`, `${ASIDE}/${hour}`);
    return { batch: undefined, freedBytes, setAside: linesBad };
  }
  const batch = await staged(hour, folder, async () => {
    const stage = new BatchStage(hour, folder);
    const sidecar = `${asciiJson(sidecarOf(minutes, goesOn), 2)}\n`;
    await stage.add(sidecarObject(head), [asciiBytes(sidecar)]);
    if (head.span === '1h') {
      for (const slot of slotsOf(head.lines, head.trades)) {
        await stage.add(hourObject(head, slot), hourPieces(head, slot, kept, effects));
      }
    }
    return await stage.close(head);
  });
  await commitHour(hour, folder);
  return { batch, freedBytes, setAside: linesBad };
}

async function keptMinutes(hour: string, folder: SpoolFolder): Promise<KeptMinute[]> {
  const kept: KeptMinute[] = [];
  for (const { name } of await folder.list(`${KEPT}/${hour}`)) {
    const path = `${KEPT}/${hour}/${name}`;
    const entries = await folder.list(path);
    const files = new Set(entries.map((entry) => entry.name));
    const sizeBytes = entries.reduce((total, entry) => total + entry.sizeBytes, 0);
    let text = '';
    if (files.has(MINUTE_FILE)) {
      for await (const bytes of folder.read(`${path}/${MINUTE_FILE}`)) text += asciiText(bytes);
    }
    kept.push({ path, files, sizeBytes, minute: parseMinute(text) });
  }
  return kept;
}

/** Pieces are members of gzip, or plain; the header is one of its own, since any minute may be the first. */
async function* hourPieces(
  head: SegmentHead,
  slot: Slot,
  kept: readonly KeptMinute[],
  { folder, gzip }: FinishEffects,
): AsyncGenerator<Uint8Array> {
  const header = headerBytes(slot);
  yield head.isGzip ? await gzip(header) : header;
  const file = String(slot.index);
  for (const { path, files } of kept) {
    if (files.has(file)) yield* folder.read(`${path}/${file}`);
  }
}

function hourObject({ minuteMs, part, isGzip }: SegmentHead, slot: Slot): string {
  return chunkObject({ slot, startMs: minuteMs, part, span: '1h', isGzip });
}

function sidecarObject({ minuteMs, part }: SegmentHead): string {
  return sidecarName(dateOf(minuteMs), Math.floor(minuteMs / HOUR_MS) % 24, part);
}
