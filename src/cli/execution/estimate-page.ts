/** Prints the estimate of `--dry-run`: a page for a person, or one JSON document. */
import type { EstimateDocument } from '../../core/cost/estimate-shape.js';
import type { Terminal } from '../../edge/process/terminal.js';
import type { World } from '../command/command.js';
import { formatCount, formatCounted, formatMegabytes } from '../screen/figures.js';
import { type AskedFormat, printOutput } from '../screen/output.js';
import { type Fact, printFacts } from '../screen/page.js';

const GIGABYTE = 1_000_000_000;
/** Characters of the argument shown; it can list thousands of symbols. */
const ARGUMENT_CHARACTERS_SHOWN = 400;

export function printEstimate(estimate: EstimateDocument, asked: AskedFormat, world: World): void {
  const page = (terminal: Terminal): void => {
    terminal.write(`${terminal.paint('bold', 'dry run: nothing was started')}\n`);
    printFacts(factsOf(estimate), terminal);
  };
  printOutput({ document: estimate, rows: [estimate], page }, asked, world);
}

function factsOf(estimate: EstimateDocument): Fact[] {
  const { symbols, days, from, to, usd } = estimate;
  const range = from === to ? from : `${from}..${to}`;
  // With --recorded not every symbol has a task in every window.
  const isWhole = estimate.symbol_days === symbols * days;
  const phases = isWhole
    ? `${formatCount(estimate.windows * symbols)} to aggregate, ${formatCount(days)} to finalize, 1 to summarize`
    : formatCount(estimate.tasks);
  return [
    {
      label: 'what',
      value: `${formatCounted(symbols, 'symbol')} on ${formatCounted(days, 'day')} (${range}): ${formatCounted(estimate.symbol_days, 'symbol-day')}`,
    },
    {
      label: 'to compute',
      value: [formatCounted(estimate.to_compute, 'symbol-day'), ...noted(estimate)],
    },
    {
      label: 'to read',
      value: `${formatCounted(estimate.input_objects, 'object')}, ${size(estimate.input_bytes)}, below ${estimate.raw}`,
    },
    {
      label: 'to write',
      value: `${formatCounted(estimate.output_files, 'file')}, at most ${size(estimate.output_bytes)}, below ${estimate.out}`,
    },
    {
      label: 'tasks',
      value: `${phases}, in ${formatCounted(estimate.windows, 'window')}; at most ${formatCount(estimate.parallelism)} at once`,
    },
    { label: 'time', value: `about ${formatCounted(estimate.minutes, 'minute')}` },
    {
      label: 'cost',
      value: `about ${dollars(usd.total)}: Cloud Run ${dollars(usd.run)}, storage operations and workflow ${dollars(usd.operations)} (list prices of ${estimate.prices_date}, without free tiers)`,
    },
    { label: 'argument', value: argumentText(estimate.argument) },
  ];
}

/** JSON with spaces, so that the page can fold it. */
function argumentText(argument: object): string {
  const text = JSON.stringify(argument, null, 1).replaceAll(/\n\s*/gu, ' ');
  const omitted = text.length - ARGUMENT_CHARACTERS_SHOWN;
  if (omitted <= 0) return text;
  const shown = text.slice(0, ARGUMENT_CHARACTERS_SHOWN);
  return `${shown}… and ${formatCount(omitted)} more characters, --json shows all`;
}

function noted(estimate: EstimateDocument): string[] {
  const { unchanged, without_data: withoutData, lost_inputs: lostInputs } = estimate;
  return [
    ...(unchanged > 0
      ? [`${formatCount(unchanged)} unchanged, skipped (--force computes them too)`]
      : []),
    ...(withoutData > 0
      ? [`${formatCounted(withoutData, 'symbol-day')} without a chunk in the raw root`]
      : []),
    ...(lostInputs > 0
      ? [
          `${formatCounted(lostInputs, 'symbol-day')} with raw chunks gone: a run would publish less`,
        ]
      : []),
  ];
}

/** Below a dollar, parts rounded to cents would not add up to the total. */
function dollars(usd: number): string {
  return `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
}

function size(bytes: number): string {
  return bytes < GIGABYTE ? formatMegabytes(bytes) : `${(bytes / GIGABYTE).toFixed(1)} GB`;
}
