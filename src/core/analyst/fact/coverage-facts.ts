/** What was recorded at all: the facts that a report states before any other. */
import { qualityName } from '../../stored/output-names.js';
import { durationText } from '../../unit/duration.js';
import { FlowbarsError } from '../../unit/errors.js';
import { counted } from '../../unit/words.js';
import type { Outage } from '../../stored/quality-report.js';
import { amountE18 } from './amount.js';
import { amountsOf, type TracedDay } from './analysed-day.js';
import { type Fact, type FactDraft, factsOf } from './fact.js';
import { COVERAGE_SCALE, sizeOn } from './size.js';

const LACKING: Readonly<Record<Outage['kind'], string>> = {
  feed_down: 'neither stream recorded',
  depth_missing: 'no book recorded',
  trades_missing: 'no trades recorded',
};

export function coverageFacts(day: TracedDay): Fact[] {
  const { entry, report, tracer } = day;
  const source = qualityName(day);
  const trace = tracer.file(source);
  const { outages } = report;
  const warnings = entry.findings.filter(({ severity }) => severity !== 'info').length;
  const fact = (id: string, field: string, rest: Omit<FactDraft, 'id' | 'source' | 'trace'>) => ({
    id: `coverage.${id}`,
    source: `${source} ${field}`,
    trace,
    ...rest,
  });
  const duration = (id: string, field: string, seconds: number): FactDraft =>
    fact(id, field, {
      value: String(seconds),
      unit: 'seconds',
      text: durationText(Math.round(seconds * 1_000)),
    });
  return factsOf('coverage', [
    fact('share', 'coverage', {
      value: String(entry.coverage),
      unit: 'share',
      text: shareText(entry.coverage),
      mandatory: true,
      ...sizeOn(COVERAGE_SCALE, entry.coverage),
    }),
    duration('expected', 'expected_seconds', report.expected_seconds),
    fact('status', 'status', { value: entry.status, unit: 'word', text: entry.status }),
    fact('outages', 'outages', {
      value: String(outages.length),
      unit: 'outages',
      text: outages.length === 0 ? 'no outage' : counted(outages.length, 'outage'),
      mandatory: true,
      derivation: 'length of the list',
    }),
    ...(outages.length === 0
      ? []
      : [duration('outage_time', 'outage_seconds', report.outage_seconds)]),
    ...longest(outages).map(({ kind, from, to, seconds }) =>
      fact('longest', 'outages', {
        value: String(seconds),
        unit: 'seconds',
        text: `${durationText(Math.round(seconds * 1_000))} from ${clockTime(from, source)} to ${endTime(to, day, source)} UTC with ${LACKING[kind]}`,
        mandatory: true,
        derivation: 'largest seconds of the list, the first of equal ones',
      }),
    ),
    fact('unproven', 'unproven_seconds', {
      value: String(report.unproven_seconds),
      unit: 'seconds',
      text: unprovenText(report.unproven_seconds),
      mandatory: true,
    }),
    fact('findings', 'findings', {
      value: String(warnings),
      unit: 'findings',
      text: warnings === 0 ? 'no finding' : counted(warnings, 'finding'),
      derivation: 'those of severity warning or error that the manifest lists',
    }),
    ...tradedMinutes(day),
  ]);
}

function tradedMinutes(day: TracedDay): FactDraft[] {
  const counts = amountsOf(day, 'trade_count');
  if (counts === undefined) return [];
  const traded = counts.filter((count) => count !== undefined && count > 0n).length;
  const name = `${day.symbol}/${day.date}_1m.csv`;
  return [
    {
      id: 'coverage.traded_minutes',
      value: String(traded),
      unit: 'minutes',
      text:
        traded === 0
          ? 'no minute with trades'
          : counted(traded, 'minute with trades', 'minutes with trades'),
      source: `${name} trade_count`,
      derivation: 'rows whose cell is above 0',
      trace: day.tracer.file(name),
    },
  ];
}

function unprovenText(seconds: number): string {
  if (seconds === 0) return 'no unproven time';
  return `${durationText(Math.round(seconds * 1_000))} of unproven time, which may be quiet or lost`;
}

/** Cut, never rounded: a day with an outage does not read as whole. */
function shareText(share: number): string {
  if (share === 1) return '100 %';
  if (share === 0) return '0 %';
  const tenths = ((amountE18(String(share), 'coverage') ?? 0n) * 1_000n) / 10n ** 18n;
  return `${tenths / 10n}.${tenths % 10n} %`;
}

function longest(outages: readonly Outage[]): readonly Outage[] {
  return outages.toSorted((one, other) => other.seconds - one.seconds).slice(0, 1);
}

/** The same, but `24:00:00` for the end of the day. */
function endTime(instant: string, { date }: TracedDay, where: string): string {
  const time = clockTime(instant, where);
  return time === '00:00:00' && !instant.startsWith(date) ? '24:00:00' : time;
}

/** `00:06:49` of an instant. */
function clockTime(instant: string, where: string): string {
  const [, time] = /^\d{4}-\d{2}-\d{2}T(\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?Z$/u.exec(instant) ?? [];
  if (time !== undefined) return time;
  const parts = { where, what: 'outage', found: JSON.stringify(instant), expected: 'an instant' };
  throw new FlowbarsError('data', parts);
}
