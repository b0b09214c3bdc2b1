/** The recording that everybody reads: a full-size day of one symbol, plain and compressed, made once. */
import { cpSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { gzip as gzipAsync } from 'node:zlib';
import { BenchFailure } from '../frame/clean-end.js';
import { runFlowbars } from './flowbars-commands.js';

export const DATE = '2025-12-20';
export const SYMBOL = 'BTCUSDT';

/** Lets signals be heard between chunks. */
const gzip = promisify(gzipAsync);

export interface DayRecording {
  readonly plain: string;
  /** Empty until it is filled. */
  readonly gzip: string;
  readonly minutes: number;
  readonly chunks: readonly string[];
  /** Of the plain chunks. */
  readonly bytes: number;
}

/** With `raw`, a root that holds that day, its first minutes are taken instead, as many as there are. */
export async function dayRecording(
  folder: string,
  { minutes: asked, raw }: { readonly minutes: number; readonly raw: string | undefined },
): Promise<DayRecording> {
  const plain = join(folder, 'raw');
  if (raw === undefined) {
    const what = ['--date', DATE, '--minutes', String(asked), '--faults', 'none', '--json'];
    await runFlowbars(['sample', '--raw', plain, '--symbols', SYMBOL, ...what]);
  } else {
    for (const path of chunksOf(raw, asked)) cpSync(join(raw, path), join(plain, path));
  }
  const chunks = chunksOf(plain, asked);
  const minutes = Math.max(...chunks.map(minuteOf)) + 1;
  const bytes = chunks.reduce((sum, path) => sum + statSync(join(plain, path)).size, 0);
  return { plain, gzip: join(folder, 'raw-gzip'), minutes, chunks, bytes };
}

/** Fills the compressed root. */
export async function compress(recording: DayRecording): Promise<void> {
  for (const path of recording.chunks) {
    const packed = join(recording.gzip, `${path}.gz`);
    mkdirSync(dirname(packed), { recursive: true });
    writeFileSync(packed, await gzip(readFileSync(join(recording.plain, path))));
  }
}

/** Names below the root, of the first minutes. */
function chunksOf(root: string, minutes: number): string[] {
  const names = globSync(join(root, SYMBOL, '*', DATE, '*.csv')).map((path) =>
    relative(root, path),
  );
  const chunks = names.filter((name) => minuteOf(name) < minutes).toSorted();
  if (chunks.length === 0)
    throw new BenchFailure(
      `${root}: found no plain chunk of a minute, expected ${SYMBOL} on ${DATE}`,
    );
  return chunks;
}

function minuteOf(name: string): number {
  const [hour = 0, minute = 0] = (name.split('/').at(-1) ?? '').slice(0, 5).split('-').map(Number);
  return hour * 60 + minute;
}
