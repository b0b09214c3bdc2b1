/** What writers of columns write, bar by bar, as texts. */
import type { CellWriters } from '../../../src/core/encode/file-bytes.js';
import { RowBytes } from '../../../src/core/encode/row-bytes.js';
import { codec } from '../../../src/edge/format/codec.js';
import type { Cells } from './book-cells.js';

export function writtenCells<Name extends string>(
  writers: CellWriters<Name>,
  bars: number,
): Cells[] {
  const columns = Object.entries<CellWriters<Name>[Name]>(writers);
  return Array.from({ length: bars }, (_, bar) => {
    const texts = columns.map(([name, write]): [string, string] => {
      const out = new RowBytes(32);
      write(bar, out);
      return [name, codec.decode(out.finish())];
    });
    return Object.fromEntries(texts);
  });
}
