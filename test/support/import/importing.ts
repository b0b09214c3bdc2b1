/** An import from memory into memory, for tests of what becomes of files. */
import { gzipSync } from 'node:zlib';
import { codec } from '../../../src/edge/format/codec.js';
import { csvTables } from '../../../src/edge/format/csv-table.js';
import { importFiles, type ImportSummary } from '../../../src/jobs/import/import-files.js';
import type { ImportEffects, ImportRequest } from '../../../src/jobs/import/import-request.js';
import type { SourceFile } from '../../../src/jobs/ports.js';
import { manualClock } from '../manual-clock.js';
import { type MemoryStore, openMemoryStore } from '../memory-store.js';

export interface ImportOptions extends Partial<Omit<ImportRequest, 'files' | 'hints'>> {
  readonly hints?: Partial<ImportRequest['hints']>;
  readonly raw?: MemoryStore;
  /** Bytes of each piece that a file is read in. */
  readonly pieceBytes?: readonly number[];
}

export interface Imported {
  readonly summary: ImportSummary;
  readonly raw: MemoryStore;
}

/** Content by path, UTF-8 unless bytes. Chunks are plain unless asked for. */
export async function imported(
  contents: Readonly<Record<string, string | Uint8Array>>,
  { hints, raw = openMemoryStore(), pieceBytes, ...options }: ImportOptions = {},
): Promise<Imported> {
  const files = Object.entries(contents).map(([path, content]) =>
    memoryFile(path, Buffer.from(content), pieceBytes),
  );
  const none = { source: undefined, symbol: undefined, market: undefined, stream: undefined };
  const request: ImportRequest = {
    files,
    hints: { ...none, columns: [], ...hints },
    chunkMinutes: 1,
    gzip: false,
    part: '',
    ...options,
  };
  const effects: ImportEffects = {
    raw,
    codec,
    splitLine: (line) => csvTables.splitLine(line),
    gzip: async (bytes) => await Promise.resolve(gzipSync(bytes)),
    clock: manualClock(),
    onProgress: () => undefined,
  };
  return { summary: await importFiles(request, effects), raw };
}

/** Chunks by name, without `_dataset.json`. */
export function chunksOf(raw: MemoryStore): Record<string, string> {
  const names = raw.names().filter((name) => !name.startsWith('_'));
  return Object.fromEntries(names.map((name) => [name, raw.text(name)]));
}

/** What an import that fails says. */
export async function refusal(...args: Parameters<typeof imported>): Promise<string> {
  try {
    await imported(...args);
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

function memoryFile(path: string, bytes: Buffer, pieceBytes: readonly number[] = []): SourceFile {
  return {
    path,
    sizeBytes: bytes.length,
    async *pieces() {
      await Promise.resolve();
      let at = 0;
      for (const size of [...pieceBytes, bytes.length]) {
        const end = Math.min(bytes.length, at + size);
        yield { text: bytes.toString('latin1', at, end), readBytes: end };
        at = end;
      }
    },
    sha256: async () => await Promise.resolve(codec.sha256(bytes)),
    checksumText: async () => await Promise.resolve(undefined),
  };
}
