/** The cells of a bar three times: as published, as the pass computes them again, and by hand from its rows. */
import { type BarColumn, BARS } from '../column/bar-table.js';
import type { FileTable } from '../column/file-table.js';
import { type SignalColumn, SIGNALS } from '../column/signal-table.js';
import { barCells } from './bar-cells.js';
import type { BarTrace } from '../trace/bar-trace.js';
import { type CellArithmetic, type CellsBy, emptyCell } from './cell.js';
import type { BarContext, PublishedRow } from './context.js';
import type { PassRow } from './pass-row.js';
import { signalCells } from './signal-cells.js';

const NO_BOOK = emptyCell('no book is recorded (--streams trades)');

export interface ComparedCell extends CellArithmetic {
  readonly file: 'bars' | 'signals';
  readonly column: string;
  /** Undefined: no such file is published. */
  readonly published: string | undefined;
  /** What the product's own pass over the same chunks gives; undefined where it needs more of the day. */
  readonly pass: string | undefined;
  /** All that is known of the cell is the same. */
  readonly same: boolean;
}

export interface PublishedRows {
  readonly bars: PublishedRow | undefined;
  readonly signals: PublishedRow | undefined;
}

export function comparedCells(
  trace: BarTrace,
  context: BarContext,
  { published, pass }: { readonly published: PublishedRows; readonly pass: PassRow },
): ComparedCell[] {
  const hasTrades = trace.facts.trades.count > 0;
  // Cells of the pass that begin at 00:00, or that the report decides and not the rows.
  const beyondBars = (name: BarColumn): boolean =>
    !hasTrades && BARS.columns[BARS.at(name)]?.nothing === 'carried';
  const beyondSignals = (name: SignalColumn): boolean =>
    name === 'cvd' || (name === 'fill_reason' && !hasTrades && context.streams === 'trades');
  return [
    ...compared('bars', BARS, barCells(trace, context), {
      published: published.bars,
      pass: pass.bars,
      context,
      isBeyond: beyondBars,
    }),
    ...compared('signals', SIGNALS, signalCells(trace, context), {
      published: published.signals,
      pass: pass.signals,
      context,
      isBeyond: beyondSignals,
    }),
  ];
}

interface Beside<Name extends string> {
  readonly published: PublishedRow | undefined;
  readonly pass: readonly string[];
  readonly context: BarContext;
  readonly isBeyond: (name: Name) => boolean;
}

function compared<Name extends string>(
  file: ComparedCell['file'],
  table: FileTable<Name>,
  cells: CellsBy<Name>,
  { published, pass, context, isBeyond }: Beside<Name>,
): ComparedCell[] {
  return table.columns.map(({ name, nothing }) => {
    // The pass folds what it is given; that nothing was recorded is the rules'.
    const isOfBook = context.streams === 'trades' && nothing === 'empty';
    const arithmetic = isOfBook ? NO_BOOK : cells[name];
    const ofPass = isOfBook || isBeyond(name) ? undefined : pass[table.at(name)];
    const stored = published?.cells[name];
    const known = [stored, ofPass, arithmetic.value].filter((value) => value !== undefined);
    return {
      ...arithmetic,
      file,
      column: name,
      published: stored,
      pass: ofPass,
      same: known.every((value) => value === known[0]),
    };
  });
}
