/** hyparquet-writer and hyparquet, each loaded with the first file that needs it: most commands and threads need neither. */
import { createRequire } from 'node:module';
import type * as reader from 'hyparquet';
import type * as writer from 'hyparquet-writer';
import { assert } from '../../core/unit/errors.js';

type Reader = Pick<typeof reader, 'parquetMetadataAsync' | 'parquetScan'>;
type Writer = Pick<typeof writer, 'ByteWriter' | 'ParquetWriter'>;

const load: (name: string) => unknown = createRequire(import.meta.url);
let loadedReader: Reader | undefined;
let loadedWriter: Writer | undefined;

export function parquetReader(): Reader {
  if (loadedReader !== undefined) return loadedReader;
  const library = load('hyparquet');
  assert(isReader(library), 'hyparquet reads');
  loadedReader = library;
  return library;
}

export function parquetWriter(): Writer {
  if (loadedWriter !== undefined) return loadedWriter;
  const library = load('hyparquet-writer');
  assert(isWriter(library), 'hyparquet-writer writes');
  loadedWriter = library;
  return library;
}

function isReader(library: unknown): library is Reader {
  return typeof library === 'object' && library !== null && 'parquetScan' in library;
}

function isWriter(library: unknown): library is Writer {
  return typeof library === 'object' && library !== null && 'ParquetWriter' in library;
}
