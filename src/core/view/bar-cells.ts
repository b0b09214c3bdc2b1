/** The table of all cells of one bar, of both its files, which the page's scripts fill for the bar under the crosshair. */
import { type BarColumn, BARS } from '../column/bar-table.js';
import { type Column } from '../column/column.js';
import { type SignalColumn, SIGNALS } from '../column/signal-table.js';
import { html, type Markup } from '../page/html.js';

type CellName = Exclude<BarColumn | SignalColumn, 'timestamp'>;

/** The test of this file holds that each column stands in one group. */
export const CELL_GROUPS: readonly {
  readonly title: string;
  readonly columns: readonly CellName[];
}[] = [
  { title: 'price', columns: ['open', 'high', 'low', 'close', 'vwap'] },
  { title: 'volume', columns: ['vol_total', 'vol_buy', 'vol_sell', 'vol_delta', 'trade_count'] },
  { title: 'gaps', columns: ['fill_reason', 'trades_missing_ms', 'depth_missing_ms'] },
  {
    title: 'aggressors',
    columns: [
      'quote_total',
      'quote_buy',
      'cvd',
      'delta_min',
      'delta_max',
      'taker_orders',
      'taker_order_max',
      'large_buy',
      'large_sell',
    ],
  },
  {
    title: 'book at rest',
    columns: [
      'bid_close',
      'ask_close',
      'bid_qty_close',
      'ask_qty_close',
      'avg_spread',
      'spread_max',
      'imbalance_l1',
      'imbalance_l5',
      'imbalance_l20',
      'bid_qty_l20',
      'ask_qty_l20',
      'bid_qty_l20_min',
      'ask_qty_l20_min',
      'bid_span_l20',
      'ask_span_l20',
      'book_count',
      'book_full_count',
    ],
  },
  {
    title: 'book in motion',
    columns: [
      'ofi_l1',
      'ofi_l5',
      'bid_added',
      'bid_pulled',
      'ask_added',
      'ask_pulled',
      'bid_wall_pulled',
      'ask_wall_pulled',
    ],
  },
];

const DECLARED = new Map<string, Column>(
  [...BARS.columns, ...SIGNALS.columns].map((column) => [column.name, column]),
);

/** `present`: the columns that the page's files have. */
export function barCells(present: ReadonlySet<string>): Markup {
  const groups = CELL_GROUPS.map(({ title, columns }) => {
    const shown = columns.filter((name) => present.has(name));
    if (shown.length === 0) return undefined;
    return html`<tbody>
      <tr>
        <th colspan="2" scope="rowgroup">${title}</th>
      </tr>
      ${shown.map((name) => cellRow(name))}
    </tbody>`;
  });
  return html`<table id="cells">
    <caption>
      <output id="cells-time">no bar</output>
    </caption>
    ${groups}
  </table>`;
}

function cellRow(name: string): Markup {
  const column = DECLARED.get(name);
  const about =
    column === undefined ? '' : `${column.meaning.replaceAll('`', '')}${unitOf(column)}`;
  return html`<tr title="${about}">
    <th scope="row">${name}</th>
    <td class="number" data-column="${name}"></td>
  </tr>`;
}

function unitOf(column: Column): string {
  return column.kind === 'text' ? '' : `; ${column.unit}`;
}
