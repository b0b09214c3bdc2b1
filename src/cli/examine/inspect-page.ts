/** The page of `flowbars inspect`: one fact a line, problems last. */
import type {
  BarsInspection,
  ChunkInspection,
  FileFacts,
  Inspection,
  ManifestInspection,
  ReportInspection,
  SignalsInspection,
} from '../../core/inspect/inspection.js';
import { unreachable } from '../../core/unit/errors.js';
import type { Terminal } from '../../edge/process/terminal.js';
import { formatCount, formatCounted, formatShare } from '../screen/figures.js';
import { type Fact, printFacts } from '../screen/page.js';
import { printable } from '../screen/text-width.js';
import { patternFacts, scoreboardFacts } from './pattern-facts.js';
import { joinedFacts, joinedWords } from './joined-facts.js';
import { reasonFacts } from './reason-facts.js';
import { typedFacts, typedWords } from './typed-facts.js';

/** Symbols of a manifest and findings of a report shown; `--json` has all of them. */
export const PAGE_LIST_MAX = 20;

export function printInspection(inspection: Inspection, stdout: Terminal): void {
  stdout.write(`${stdout.paint('bold', printable(inspection.file))}\n`);
  printFacts(factsOf(inspection), stdout);
}

function factsOf(inspection: Inspection): Fact[] {
  const size = { label: 'size', value: sizeText(inspection) };
  switch (inspection.kind) {
    case 'trades':
    case 'depth':
      return [kindFact(`chunk of ${inspection.kind}`, inspection), size, ...chunkFacts(inspection)];
    case 'bars':
      return [
        kindFact(`${inspection.resolution} bars of ${inspection.date}`, inspection),
        size,
        ...barFacts(inspection),
      ];
    case 'signals':
      return [
        kindFact(`${inspection.resolution} signals of ${inspection.date}`, inspection),
        size,
        ...signalFacts(inspection),
      ];
    case 'patterns':
      return [
        kindFact(`patterns of ${inspection.date ?? 'an unknown day'}`, inspection),
        size,
        ...patternFacts(inspection),
        ...checkFacts(inspection.checks),
      ];
    case 'joined':
      return [kindFact(joinedWords(inspection), inspection), size, ...joinedFacts(inspection)];
    case 'parquet':
      return [kindFact(typedWords(inspection), inspection), size, ...typedFacts(inspection)];
    case 'quality':
      return [kindFact('quality report', inspection), size, ...reportFacts(inspection)];
    case 'scoreboard':
      return [kindFact('scoreboard', inspection), size, ...scoreboardFacts(inspection)];
    case 'manifest':
      return [kindFact('manifest of a day', inspection), size, ...manifestFacts(inspection)];
    default:
      return unreachable(inspection);
  }
}

function kindFact(kind: string, { gzip }: FileFacts): Fact {
  return { label: 'kind', value: `${kind}, ${gzip ? 'gzip' : 'plain'}` };
}

function sizeText({ gzip, stored_bytes: stored, decompressed_bytes: whole }: FileFacts): string {
  return gzip
    ? `${formatCounted(stored, 'byte')} stored, ${formatCount(whole)} decompressed`
    : formatCounted(stored, 'byte');
}

function chunkFacts(chunk: ChunkInspection): Fact[] {
  const { has_header: hasHeader, time, levels, decimals, rows } = chunk;
  const facts: Fact[] = [
    { label: 'columns', value: `${columnsText(chunk)}${hasHeader ? '' : ' (no header)'}` },
    { label: 'time', value: timeLines(time) },
  ];
  if (levels !== null) {
    const { bid_min: bidMin, bid_max: bidMax, ask_min: askMin, ask_max: askMax } = levels;
    const value = `bids ${spanText(bidMin, bidMax)}, asks ${spanText(askMin, askMax)}`;
    facts.push({ label: 'levels a side', value });
  }
  if (decimals !== null) {
    const value = `price ${decimals.price}, quantity ${decimals.quantity}`;
    facts.push({ label: 'decimals', value });
  }
  if (chunk.kind === 'trades') facts.push(tradeIdFact(chunk));
  facts.push({ label: 'read by', value: pathText(chunk) });
  facts.push({ label: 'rows', value: formatCount(rows.rows) });
  return [...facts, ...countFacts(chunk), ...malformedFacts(chunk)];
}

/** Names that mean something else show what; those that mean nothing say so. */
function columnsText({ columns, meanings }: ChunkInspection): string {
  return columns
    .map((name, index) => {
      const meaning = meanings[index] ?? null;
      if (meaning === null) return `${name} (ignored)`;
      return name === meaning ? name : `${name} = ${meaning}`;
    })
    .join(', ');
}

function timeLines(time: ChunkInspection['time']): string[] {
  if (time === null) return ['no well-formed row'];
  const { first, last, unit, out_of_order: outOfOrder } = time;
  const order =
    outOfOrder === 0 ? '' : `, ${formatCounted(outOfOrder, 'row')} earlier than the row before`;
  return [`${first} to ${last}`, `exchange time in ${unit}${order}`];
}

function spanText(min: number, max: number): string {
  return min === max ? String(min) : `${min} to ${max}`;
}

function tradeIdFact({ trade_ids: ids }: ChunkInspection): Fact {
  const label = 'trade ids';
  if (ids === null) return { label, value: 'none' };
  const { first, last, missing, gap_count: gaps } = ids;
  const lost =
    missing === 0
      ? '0 missing'
      : `${formatCount(missing)} missing in ${formatCounted(gaps, 'place')}`;
  const style = missing === 0 ? undefined : 'yellow';
  return { label, value: `${first} to ${last}, ${lost}`, style };
}

function pathText({ kernel_share: share, strict_rows: strictRows }: ChunkInspection): string {
  if (share === null) return 'nothing to read';
  const rows = formatCounted(strictRows, 'row');
  return `byte kernel ${formatShare(share)}, strict path ${rows}`;
}

/** Each row count of docs/INPUT.md; counts that show a problem are marked unless 0. */
function countFacts({ rows, date }: ChunkInspection): Fact[] {
  const { rows: _, ...counts } = rows;
  return Object.entries(counts).map(([name, count]) => {
    const isOdd = count > 0 && ['malformed', 'duplicate', 'one_sided', 'crossed'].includes(name);
    const isUnknown = name === 'neighbour_day' && date === null;
    const share = rows.rows === 0 || count === 0 ? '' : ` (${formatShare(count / rows.rows)})`;
    return {
      label: `  ${name.replaceAll('_', '-')}`,
      value: isUnknown ? '– (no date in the name)' : `${formatCount(count)}${share}`,
      style: isOdd ? 'yellow' : undefined,
    };
  });
}

function malformedFacts({ malformed_rows: malformedRows }: ChunkInspection): Fact[] {
  return malformedRows.map(({ line, column, found, expected }, index) => ({
    label: index === 0 ? 'problems' : '',
    value: `line ${line} column ${column}: found ${found}, expected ${expected}`,
    style: 'yellow',
  }));
}

function barFacts(bars: BarsInspection): Fact[] {
  const { price, rows, bars_with_trades: traded } = bars;
  return [
    { label: 'rows', value: formatCount(rows) },
    { label: 'time', value: `${bars.first} to ${bars.last}, stamps of the first and last bar` },
    {
      label: 'with trades',
      value: `${formatCounted(traded, 'bar')}, ${formatCounted(bars.trades, 'trade')}`,
    },
    { label: 'volume', value: bars.volume },
    { label: 'price', value: price === null ? 'none' : `${price.low} to ${price.high}` },
    ...checkFacts(bars.checks),
  ];
}

function signalFacts(signals: SignalsInspection): Fact[] {
  const { columns, rows } = signals;
  return [
    { label: 'columns', value: columns.join(', ') },
    { label: 'rows', value: formatCount(rows) },
    {
      label: 'time',
      value: `${signals.first} to ${signals.last}, stamps of the first and last row`,
    },
    ...reasonFacts(signals, rows),
    ...checkFacts(signals.checks),
  ];
}

function checkFacts(checks: BarsInspection['checks']): Fact[] {
  const broken = checks.filter(({ ok }) => !ok);
  const passed = checks.filter(({ ok }) => ok).map(({ check }) => check);
  return [
    { label: 'checks', value: `${passed.length} of ${checks.length} passed: ${passed.join(', ')}` },
    ...broken.map(({ check, detail }): Fact => {
      return { label: 'broken', value: `${check}: ${detail}`, style: 'red' };
    }),
  ];
}

function timeFacts({ times, outages, outage_seconds_longest: longest }: ReportInspection): Fact[] {
  if (times === null) return [];
  const lost = `${formatCounted(outages, 'outage')} of ${times.outage_seconds} s, the longest ${longest} s`;
  return [
    { label: 'due', value: `${times.expected_seconds} s` },
    { label: 'outages', value: outages === 0 ? 'none' : lost },
    { label: 'unproven', value: `${times.unproven_seconds} s` },
  ];
}

function reportFacts(report: ReportInspection): Fact[] {
  const { trades, depth } = report.rows;
  const findings = shortened(report.findings);
  return [
    { label: 'of', value: `${report.symbol} ${report.date}` },
    { label: 'status', value: `${report.status}, coverage ${formatShare(report.coverage)}` },
    ...timeFacts(report),
    { label: 'options', value: `large orders from ${report.large_order} in quote value` },
    {
      label: 'trades',
      value: `${formatCounted(trades.rows, 'row')}, ${formatCount(trades.used)} used`,
    },
    {
      label: 'depth',
      value: `${formatCounted(depth.rows, 'row')}, ${formatCount(depth.used)} used`,
    },
    { label: 'inputs', value: formatCounted(report.inputs, 'object') },
    {
      label: 'files',
      value: report.artifacts.map(
        ({ name, rows, bytes }) =>
          `${name}: ${formatCounted(rows, 'row')}, ${formatCounted(bytes, 'byte')}`,
      ),
    },
    { label: 'findings', value: findings.length === 0 ? 'none' : findings },
  ];
}

function manifestFacts({ date, symbols }: ManifestInspection): Fact[] {
  const lines = symbols.map(({ symbol, status, coverage, files, last_attempt: attempt }) => {
    const published =
      status === null
        ? 'nothing published'
        : `${status}, coverage ${formatShare(coverage)}, ${formatCounted(files, 'file')}`;
    return `${symbol}: ${published}${attempt === null ? '' : `; last attempt ${attempt}`}`;
  });
  return [
    { label: 'date', value: date },
    { label: 'symbols', value: [formatCount(symbols.length), ...shortened(lines)] },
  ];
}

function shortened(lines: readonly string[]): string[] {
  const omitted = lines.length - PAGE_LIST_MAX;
  if (omitted <= 0) return [...lines];
  return [...lines.slice(0, PAGE_LIST_MAX), `… and ${formatCount(omitted)} more, --json shows all`];
}
