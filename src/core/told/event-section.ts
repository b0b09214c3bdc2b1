/** The section of an event of the patterns file: every condition with its value, its threshold and the window. */
import type { ExplainedEvent } from '../explain/explained-shape.js';
import { counted } from '../unit/words.js';
import { lines, type Section, type SectionColumn, tableOf } from './section.js';

type Condition = ExplainedEvent['conditions'][number];
type Column<Row> = SectionColumn & { readonly cell: (row: Row) => string };

const COLUMNS: readonly Column<Condition>[] = [
  { title: 'holds', align: 'left', cell: ({ holds }) => (holds ? 'yes' : 'no') },
  { title: 'condition', align: 'left', cell: ({ says }) => says },
  { title: 'value', align: 'right', cell: ({ value }) => value ?? 'none' },
  {
    title: '',
    align: 'left',
    cell: ({ relation }) => (relation === 'has' ? 'is there;' : relation),
  },
  { title: 'threshold', align: 'right', cell: thresholdText },
];

export function eventSection(event: ExplainedEvent): Section {
  const { pattern, direction, confirmed, from, file, line, same, detail } = event;
  const [first, last] = [event.from_line, event.to_line];
  const window = first === last ? `line ${first}` : `lines ${first} to ${last}`;
  const cells = `price ${event.price}, strength ${event.strength}, threshold ${event.threshold}`;
  return {
    title: `event ${pattern}, ${direction}: known at ${confirmed}`,
    isBad: !same,
    blocks: [
      lines(
        `published in line ${line} of ${file}: ${cells}`,
        `its window begins at ${from}: ${window} of the 1s bars and of the 1s signals`,
        same
          ? 'the published 1s files give the same event again, with the same strength and threshold'
          : `not the same: ${detail}`,
      ),
      conditionTable(event.conditions),
      lines(
        event.control_holds
          ? 'its control, the same without the order flow, holds here as well:'
          : 'its control, the same without the order flow, does not hold here:',
      ),
      conditionTable(event.control),
      lines(...outcomeLines(event)),
    ],
  };
}

function conditionTable(conditions: readonly Condition[]): ReturnType<typeof tableOf> {
  return tableOf(conditions, COLUMNS, { max: conditions.length, noteOf: windowText });
}

function thresholdText({ threshold, window }: Condition): string {
  const text = threshold ?? 'none';
  return window === null ? text : `Q${window.percent} ${text}`;
}

function windowText({ window }: Condition): string | undefined {
  if (window === null) return undefined;
  const { percent, values, from_line: from, to_line: to } = window;
  const place = Math.ceil((percent * values) / 100);
  return `Q${percent}: value ${place} of ${counted(values, 'value')} in ascending order, of lines ${from} to ${to}`;
}

function outcomeLines({ double_price: from, outcomes, direction }: ExplainedEvent): string[] {
  return [
    `what followed (look-ahead, for judging only), from twice the mid ${from}:`,
    ...outcomes.map(({ seconds, bps, price }) =>
      bps === null
        ? `${seconds} s later: not known, a row on the way is not known or lies beyond the day`
        : `${seconds} s later: ${price ?? ''}, ${bps} basis points ${direction === 'up' ? 'up' : 'down'}`,
    ),
  ];
}
