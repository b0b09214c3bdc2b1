/** Refuses an option that says of a file what it says otherwise itself, or that no file heeds, because ignoring it would look like heeding it. */
import type { SourceHints } from '../../core/import/kind/recognised.js';
import { symbolsOf } from '../../core/import/record/frame-scan.js';
import { sourceSymbol } from '../../core/import/source-market.js';
import { streamOf } from '../../core/frame/chunk-text.js';
import { columnKey } from '../../core/rule/recorded-columns.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { factsOf, type PlannedFile } from './planned-file.js';

export function refuseUnusedHints(files: readonly PlannedFile[], hints: SourceHints): void {
  for (const file of files) {
    refuseOtherSymbol(file, hints);
    refuseOtherStream(file, hints);
  }
  const names = files.flatMap(({ recognised }) =>
    recognised.is === 'csv' ? recognised.names : [],
  );
  const known = new Set(names.map(columnKey));
  const unused = hints.columns.find(({ name }) => !known.has(columnKey(name)));
  if (unused === undefined) return;
  throw new FlowbarsError('usage', {
    where: '--columns',
    what: 'name',
    found: `'${unused.name}', which no file has`,
    expected: "names of columns in a csv of one's own",
  });
}

/** Of frames; tables and objects look at the symbol themselves. */
function refuseOtherSymbol({ file, scanned }: PlannedFile, { symbol }: SourceHints): void {
  if (symbol === undefined || scanned === undefined) return;
  const { path } = file;
  const own = [...symbolsOf(scanned)].map((text) => sourceSymbol(text, () => path));
  const other = own.find((one) => one !== symbol);
  if (other === undefined) return;
  throw new FlowbarsError('usage', {
    where: '--symbol',
    what: 'symbol',
    found: `'${symbol}' for '${path}'`,
    expected: `'${other}', as its frames say (frames need no --symbol)`,
  });
}

function refuseOtherStream(planned: PlannedFile, { stream }: SourceHints): void {
  if (stream === undefined) return;
  const other = factsOf(planned).find(({ form }) => streamOf(form) !== stream);
  if (other === undefined) return;
  throw new FlowbarsError('usage', {
    where: '--stream',
    what: 'stream',
    found: `'${stream}' for '${planned.file.path}'`,
    expected: `'${streamOf(other.form)}', as the file says (--stream is for a csv of one's own)`,
  });
}
