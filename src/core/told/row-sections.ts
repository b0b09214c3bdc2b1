/** The sections of a bar's rows: trades, snapshots, steps, and what could not be read. */
import type {
  Explained,
  ExplainedCounts,
  ExplainedSnapshot,
  ExplainedStep,
  ExplainedTrade,
} from '../explain/explained-shape.js';
import { seenFor } from '../explain/explained.js';
import { counted } from '../unit/words.js';
import { objectNames } from './object-names.js';
import { lines, type Section, type SectionColumn, tableOf } from './section.js';

type Column<Row> = SectionColumn & { readonly cell: (row: Row) => string };

/** `rowsMax`: of each table; with 0 the titles with their counts remain. */
export function rowSections(bar: Explained, rowsMax: number): Section[] {
  const seen = seenFor(bar.column);
  const sections = [
    seen.trades ? tradesSection(bar, rowsMax) : undefined,
    seen.snapshots ? snapshotsSection(bar, rowsMax) : undefined,
    seen.steps ? stepsSection(bar, rowsMax) : undefined,
    malformedSection(bar, rowsMax),
  ].filter((section) => section !== undefined);
  return rowsMax === 0 ? sections.map((section) => ({ ...section, blocks: [] })) : sections;
}

function left<Row>(title: string, cell: (row: Row) => string): Column<Row> {
  return { title, align: 'left', cell };
}

function right<Row>(title: string, cell: (row: Row) => string): Column<Row> {
  return { title, align: 'right', cell };
}

/** `00:31:07.012`. */
function clock(instant: string): string {
  return instant.slice(11, 23);
}

function tradesSection({ trades }: Explained, max: number): Section {
  const { rows, counts, omitted } = trades;
  const names = objectNames(rows.map(({ object }) => object));
  const columns: Column<ExplainedTrade>[] = [
    right('place', ({ place }) => (place === null ? '–' : String(place))),
    left('time', ({ time }) => clock(time)),
    left('aggressor', ({ aggressor }) => aggressor),
    right('price', ({ price }) => price),
    right('quantity', ({ quantity }) => quantity),
    left('id', ({ id }) => id ?? '–'),
    left('chunk', ({ object }) => names.short(object)),
    right('line', ({ line }) => String(line)),
    left('outcome', ({ outcome, late }) => (late ? `${outcome}, late` : outcome)),
  ];
  const table = tableOf(rows, columns, { max, omittedBefore: omitted, noteOf: tradeNote });
  return {
    title: `trades: ${countsWords(counts)}`,
    blocks: rows.length === 0 ? [] : [table, lines(belowWords(names.folder))],
  };
}

function tradeNote({ why, outside, receive_time: received }: ExplainedTrade): string | undefined {
  const beside =
    outside === null
      ? []
      : [
          `${outside.distance} ${outside.side} the best quotes beside it: ${quoteWords('before', outside.before)}; ${quoteWords('after', outside.after)}`,
        ];
  const said = [...(why === '' ? [] : [why]), ...beside];
  if (said.length === 0) return undefined;
  return [...said, ...(received === null ? [] : [`received ${received}`])].join('; ');
}

function quoteWords(when: string, quote: NonNullable<ExplainedTrade['outside']>['before']): string {
  if (quote === null) return `no snapshot ${when} it in the chunks read`;
  const { bid, ask, time, object, line } = quote;
  return `${when} it ${bid} / ${ask} at ${clock(time)} (${object} line ${line})`;
}

function snapshotsSection({ snapshots }: Explained, max: number): Section {
  const { rows, counts, omitted } = snapshots;
  const names = objectNames(rows.map(({ object }) => object));
  const columns: Column<ExplainedSnapshot>[] = [
    right('place', ({ place }) => (place === null ? '–' : String(place))),
    left('time', ({ time }) => clock(time)),
    right('bid qty', ({ bid_quantity: quantity }) => quantity ?? '–'),
    right('bid', ({ bid }) => bid ?? '–'),
    right('ask', ({ ask }) => ask ?? '–'),
    right('ask qty', ({ ask_quantity: quantity }) => quantity ?? '–'),
    right('all bids', ({ bid_quantity_all: all }) => all),
    right('all asks', ({ ask_quantity_all: all }) => all),
    right('levels', ({ bids, asks }) => `${bids}/${asks}`),
    left('chunk', ({ object }) => names.short(object)),
    right('line', ({ line }) => String(line)),
    left('outcome', ({ outcome, late }) => (late ? `${outcome}, late` : outcome)),
  ];
  const table = tableOf(rows, columns, { max, omittedBefore: omitted, noteOf: snapshotNote });
  return {
    title: `snapshots: ${countsWords(counts)}`,
    blocks: rows.length === 0 ? [] : [table, lines(belowWords(names.folder))],
  };
}

function snapshotNote({ why }: ExplainedSnapshot): string | undefined {
  return why === '' ? undefined : why;
}

function malformedNote({ found, expected }: Explained['malformed'][number]): string {
  return `found ${found}, expected ${expected}`;
}

function belowWords(folder: string): string {
  return `chunk: below ${folder === '' ? 'the raw root' : folder}; line: in the chunk, unpacked, line 1 is its header or first row`;
}

function countsWords(counts: ExplainedCounts): string {
  const parts = Object.entries(counts).flatMap(([outcome, count]) => {
    if (count === 0 && outcome !== 'used') return [];
    const isUnplaced = outcome === 'malformed' || outcome === 'neighbour_day';
    return [`${count} ${outcome}${isUnplaced ? ' in the chunks of these minutes' : ''}`];
  });
  return parts.join(', ');
}

interface NumberedPrice {
  readonly step: number;
  readonly price: ExplainedStep['prices'][number];
}

function stepsSection({ steps }: Explained, max: number): Section {
  const { list, count, omitted } = steps;
  const title = `steps of the book: ${count} end in the bar`;
  if (list.length === 0) return { title, blocks: [] };
  const numberOf = (at: number): number => at + 1 + (at < list.length / 2 ? 0 : omitted);
  const numbered = list.map((step, at) => ({ ...step, number: numberOf(at) }));
  type Numbered = (typeof numbered)[number];
  const columns: Column<Numbered>[] = [
    right('step', ({ number }) => String(number)),
    left('from', ({ before }) => clock(before.time)),
    left('to', ({ after }) => clock(after.time)),
    right('trades', ({ trades }) => String(trades)),
    right('ofi_l1', (step) => step.ofi_l1),
    right('ofi_l5', (step) => step.ofi_l5 ?? '–'),
    right('bid added', ({ bid }) => bid.added),
    right('bid pulled', ({ bid }) => bid.pulled),
    right('ask added', ({ ask }) => ask.added),
    right('ask pulled', ({ ask }) => ask.pulled),
  ];
  const prices = numbered.flatMap(({ number, prices: all }) =>
    all.map((price): NumberedPrice => ({ step: number, price })),
  );
  return {
    title,
    blocks: [
      tableOf(numbered, columns, { max, omittedBefore: omitted }),
      lines(
        `by price, from the best on: quantity before and after, what aggressors traded there, and net = after − before + traded, which is added above 0 and pulled below`,
      ),
      tableOf(prices, PRICE_COLUMNS, { max: 2 * max }),
    ],
  };
}

const PRICE_COLUMNS: readonly Column<NumberedPrice>[] = [
  right('step', ({ step }) => String(step)),
  left('side', ({ price }) => price.side),
  right('price', ({ price }) => price.price),
  right('before', ({ price }) => price.before),
  right('after', ({ price }) => price.after),
  right('traded', ({ price }) => price.traded),
  right('net', ({ price }) => price.net),
  left('is', ({ price }) => priceWords(price)),
];

function priceWords({ net, traded, counts, wall }: NumberedPrice['price']): string {
  const even = traded === '0' ? 'unchanged' : 'as traded';
  const kind = net.startsWith('-') ? 'pulled' : net === '0' ? even : 'added';
  const said = counts ? kind : 'outside what both windows show';
  return wall === null ? said : `${said}, a wall${wall === 'pulled' ? ' that is pulled' : ''}`;
}

function malformedSection(
  { malformed, left_out_omitted: omitted }: Explained,
  max: number,
): Section | undefined {
  if (malformed.length === 0 && omitted === 0) return undefined;
  const names = objectNames(malformed.map(({ object }) => object));
  const columns: Column<Explained['malformed'][number]>[] = [
    left('chunk', ({ object }) => names.short(object)),
    right('line', ({ line }) => String(line)),
    left('column', ({ column }) => column),
  ];
  return {
    title: `malformed rows of these minutes: ${malformed.length}; they have no time, so they lie in no bar`,
    blocks: [
      tableOf(malformed, columns, { max, noteOf: malformedNote }),
      lines(belowWords(names.folder)),
      ...(omitted === 0 ? [] : [lines(`${counted(omitted, 'further row')} left out`)]),
    ],
  };
}
