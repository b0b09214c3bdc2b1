/** The section of an event of the patterns file: every condition with its value, its threshold and the window. */
import type { ExplainedEvent } from '../explain/explained-shape.js';
import { counted } from '../unit/words.js';
import { type Block, lines, type Section, type SectionCell } from './section.js';

type Condition = ExplainedEvent['conditions'][number];
type Window = NonNullable<Condition['window']>;

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
      conditionCells(event.conditions),
      ...controlBlocks(event),
      lines(...outcomeLines(event)),
    ],
  };
}

function conditionCells(conditions: readonly Condition[]): Block {
  return { kind: 'cells', cells: conditions.map(conditionCell) };
}

/** A control tests some of the conditions, and of the others only that their quantity is there. */
function controlBlocks({ control, control_holds: holds }: ExplainedEvent): Block[] {
  const tested = control.filter(({ relation }) => relation !== 'has');
  const needed = control.filter(({ relation }) => relation === 'has');
  const verdict = holds ? 'it holds here as well' : 'it does not hold here';
  return [
    lines(
      `its control is the rule without its order flow, which the scoreboard sets beside it; ${verdict}:`,
    ),
    ...(tested.length === 0 ? [] : [conditionCells(tested)]),
    ...(needed.length === 0
      ? []
      : [lines(`needs, but does not compare: ${needed.map(neededWords).join(', ')}`)]),
  ];
}

/** `abs D and its Q95`: what `says` names after its words. */
function neededWords({ says, holds, window }: Condition): string {
  const what = says.slice(says.indexOf(': ') + 1).trimStart();
  const quantile = window === null ? '' : ` and its Q${window.percent}`;
  return `${what}${quantile}${holds ? '' : ' (not there)'}`;
}

/** What must hold, with its numbers, and below it what the threshold was taken of. */
function conditionCell({
  holds,
  says,
  value,
  relation,
  threshold,
  window,
}: Condition): SectionCell {
  return {
    name: holds ? 'holds' : 'fails',
    value: `${value ?? 'none'} ${relation} ${threshold ?? 'none'}`,
    how: says,
    further: window === null ? [] : [windowText(window)],
    isBad: false,
  };
}

function windowText({ percent, values, from_line: from, to_line: to }: Window): string {
  const place = Math.ceil((percent * values) / 100);
  return `threshold: Q${percent}, the ${place}th of ${counted(values, 'value')} in ascending order, of lines ${from} to ${to}`;
}

function outcomeLines({ found_price: from, outcomes, direction }: ExplainedEvent): string[] {
  return [
    `what followed (look-ahead, for judging only), from the reference price ${from}:`,
    ...outcomes.map(({ seconds, bps, price }) =>
      bps === null
        ? `${seconds} s later: not known, a row on the way is not known or lies beyond the day`
        : `${seconds} s later: ${price ?? ''}, ${bps} basis points ${direction}wards`,
    ),
  ];
}
