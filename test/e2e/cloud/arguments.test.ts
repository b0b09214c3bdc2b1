/** Refused arguments: one task refuses them in the words of the command line, and no other starts. */
import { describe, expect, test } from 'vitest';
import {
  endAtAggregate,
  jobsOf,
  planOf,
  startServices,
} from '../../support/cloud/local/local-cloud.js';
import { operatorOf } from '../../support/cloud/operator.js';
import { printCases } from '../../support/e2e/print-cases.js';

const services = await startServices();
const report = printCases('an argument');
const NOW = '2024-05-10T12:00:00Z';
const DAY = ['--from', '2024-05-06'];
const LONG_LIST = Array.from({ length: 60 }, (_, index) => `SYMBOL${index}`).join(',');
const NO_SYMBOL = "expected 1 to 64 letters, digits, '_' or '-', not beginning with '_'";

/** Fields of the arguments by the option that means the same. */
const FIELDS: Readonly<Record<string, string>> = {
  '--from': 'start_date',
  '--to': 'end_date',
  '--symbols': 'symbols',
  '--resolutions': 'resolutions',
  '--outputs': 'outputs',
  '--formats': 'formats',
  '--window-days': 'window_days',
};

interface Refusal {
  readonly name: string;
  readonly args: unknown;
  /** Options with which `flowbars backfill` gives the same refusal; undefined when it has none. */
  readonly typed?: readonly string[];
  readonly message: string;
}

/** The first is refused by processes of the binary; the others run in this process, with the same words. */
const REFUSALS: readonly Refusal[] = [
  {
    name: 'dates reversed',
    args: { start_date: '2024-05-08', end_date: '2024-05-06' },
    typed: ['--from', '2024-05-08', '--to', '2024-05-06'],
    message:
      "end_date date: found '2024-05-06' before start_date '2024-05-08', expected the same day or later",
  },
  {
    name: 'a start in the future before an end that is over',
    args: { start_date: '2999-01-01', end_date: '2024-05-06' },
    typed: ['--from', '2999-01-01', '--to', '2024-05-06'],
    message:
      "start_date date: found '2999-01-01', which is not over (it is NOW), expected a day before TODAY UTC",
  },
  {
    name: 'an end in the future, whatever the look back',
    args: { end_date: '2999-01-01', lookback_days: 366 },
    message:
      "start_date date: found '2999-01-01', which is not over (it is NOW), expected a day before TODAY UTC",
  },
  {
    name: 'a date without zeros',
    args: { start_date: '2024-5-6' },
    typed: ['--from', '2024-5-6'],
    message: "start_date date: found '2024-5-6', expected an existing day as YYYY-MM-DD",
  },
  {
    name: 'a day that no calendar has',
    args: { end_date: '2024-02-30' },
    typed: [...DAY, '--to', '2024-02-30'],
    message: "end_date date: found '2024-02-30', expected an existing day as YYYY-MM-DD",
  },
  {
    name: 'a date that is a number',
    args: { start_date: 20_240_506 },
    typed: ['--from', '20240506'],
    message: "start_date date: found '20240506', expected an existing day as YYYY-MM-DD",
  },
  {
    name: 'more days than one run takes',
    args: { start_date: '2000-01-01', end_date: '2024-05-06' },
    typed: ['--from', '2000-01-01', '--to', '2024-05-06'],
    message:
      "end_date date: found more than 4000 days from '2000-01-01', expected at most 4000 days",
  },
  {
    name: 'more days than one run takes, with those before the first',
    args: { start_date: '2013-05-25', end_date: '2024-05-06', lookback_days: 2 },
    message:
      "end_date date: found more than 4000 days from '2013-05-23', expected at most 4000 days",
  },
  {
    name: 'more windows than one execution takes',
    args: { start_date: '2020-01-01', end_date: '2024-05-06', window_days: 1 },
    typed: ['--from', '2020-01-01', '--to', '2024-05-06', '--window-days', '1'],
    message:
      "window_days number: found '1', which makes 1588 windows of 1588 days, expected at most 1000 windows (choose larger ones or several executions)",
  },
  {
    name: 'no window',
    args: { window_days: 0 },
    typed: [...DAY, '--window-days', '0'],
    message: "window_days number: found '0', expected a whole number from 1 to 366",
  },
  {
    name: 'a negative number',
    args: { lookback_days: -1 },
    message: "lookback_days number: found '-1', expected a whole number from 0 to 366",
  },
  {
    name: 'a word for a flag',
    args: { force: 'perhaps' },
    message: "force flag: found 'perhaps', expected 'true' or 'false'",
  },
  {
    name: 'a bar length that does not divide a day',
    args: { resolutions: ['1m', '7m'] },
    typed: [...DAY, '--resolutions', '1m,7m'],
    message:
      "resolutions resolution: found '7m', expected a whole number of s, m, h or d that divides a day, such as 1s, 1m, 5m or 1h",
  },
  {
    name: 'a kind of file that there is not',
    args: { outputs: ['bars', 'candles'] },
    typed: [...DAY, '--outputs', 'bars,candles'],
    message: "outputs value: found 'candles', expected 'bars' or 'signals' or 'patterns'",
  },
  {
    name: 'formats without the exact one',
    args: { formats: ['parquet'] },
    typed: [...DAY, '--formats', 'parquet'],
    message:
      "formats formats: found 'parquet', expected 'csv' among them, which the others are made from and checked against (flowbars export makes Parquet alone)",
  },
  {
    name: 'no kind of file',
    args: { outputs: 'none' },
    typed: [...DAY, '--outputs', 'none'],
    message: "outputs outputs: found 'none', expected some of bars, signals, patterns",
  },
  {
    name: 'patterns without the rows that they are read off',
    args: { outputs: 'bars,patterns', resolutions: '1m' },
    typed: [...DAY, '--outputs', 'bars,patterns', '--resolutions', '1m'],
    message:
      "outputs outputs: found 'patterns' with resolutions '1m', expected 1s among the resolutions, which patterns are read off",
  },
  {
    name: 'no symbol',
    args: { symbols: [] },
    typed: [...DAY, '--symbols', '[]'],
    message: "symbols symbols: found '[]', expected a JSON list of symbols",
  },
  {
    name: 'a symbol with a slash',
    args: { symbols: 'A/B' },
    typed: [...DAY, '--symbols', 'A/B'],
    message: `symbols symbol: found 'A/B', ${NO_SYMBOL}, such as 'AB'`,
  },
  {
    name: 'a symbol that is a number',
    args: { symbols: ['A', 7] },
    typed: [...DAY, '--symbols', '["A",7]'],
    message: 'symbols symbols: found \'["A",7]\', expected a JSON list of symbols',
  },
  {
    name: 'a symbol twice',
    args: { symbols: ['A', 'B', 'A'] },
    typed: [...DAY, '--symbols', 'A,B,A'],
    message: "symbols symbols: found 'A' twice, expected each symbol once",
  },
  {
    name: 'symbols as an object',
    args: { symbols: { A: true } },
    typed: [...DAY, '--symbols', '{"A":true}'],
    message: `symbols symbol: found '{"A":true}', ${NO_SYMBOL}`,
  },
  {
    name: 'more symbol-days than one summary takes',
    args: { symbols: LONG_LIST, start_date: '2014-01-01', end_date: '2024-05-06' },
    message:
      'symbols symbol-days: found 60 symbols for 3779 days, expected at most 200000 symbol-days (split them into several runs; they can share an output root)',
  },
  {
    name: 'an unknown argument',
    args: { symbol: 'AUSDT' },
    message: "arguments argument: found 'symbol', expected 'symbols'",
  },
  {
    name: 'an argument that is like no other',
    args: { verbose: true },
    message:
      "arguments argument: found 'verbose', expected one of start_date, end_date, last, symbols, recorded, force, accept_removed, resolutions, outputs, formats, lookback_days, window_days",
  },
  {
    name: 'arguments that are a list',
    args: ['AUSDT'],
    message:
      'FLOWBARS_ARGUMENTS arguments: found \'["AUSDT"]\', expected a JSON object, or nothing',
  },
];

/** Name, arguments, first and last day. The first is planned by a process of the binary. */
const DAYS: readonly (readonly [string, unknown, string])[] = [
  ['nothing', null, '2024-05-09..2024-05-09'],
  ['no day', {}, '2024-05-09..2024-05-09'],
  ['fields of null', { end_date: null, symbols: null }, '2024-05-09..2024-05-09'],
  ['a last day alone', { end_date: '2024-05-06' }, '2024-05-06..2024-05-06'],
  ['a first day alone', { start_date: '2024-05-08' }, '2024-05-08..2024-05-09'],
  ['both days', { start_date: '2024-05-06', end_date: '2024-05-07' }, '2024-05-06..2024-05-07'],
  ['a look back alone', { lookback_days: 2 }, '2024-05-07..2024-05-09'],
  [
    'a last day and a look back that is a text',
    { end_date: '2024-05-06', lookback_days: '2' },
    '2024-05-04..2024-05-06',
  ],
  [
    'a first day and a look back across a leap day',
    { start_date: '2024-03-02', end_date: '2024-03-03', lookback_days: 2 },
    '2024-02-29..2024-03-03',
  ],
];

describe.skipIf(!services.areThere)('an execution', () => {
  test.for(DAYS)('with %s takes its days', async ([, args, days]) => {
    const cloud = await services.fresh({ now: NOW });
    await cloud.put(cloud.raw, 'raw/A/trades/x', '');
    await cloud.put(cloud.out, 'agg/_symbols.json', '["A"]');
    if (args === null) cloud.cloudRun.faults.taskFault = () => ({ kind: 'process' });
    endAtAggregate(cloud);
    const ended = await cloud.run(args);
    expect(ended.message).toContain(`task ${days}: `);
    const { from, to, symbols } = await planOf(cloud, ended.id);
    expect([`${from}..${to}`, symbols]).toEqual([days, ['A']]);
  });

  test.for(REFUSALS)('refuses $name', async ({ name, args, typed, message }) => {
    const cloud = await services.fresh({ now: NOW });
    await cloud.put(cloud.raw, 'raw/A/trades/x', '');
    const isProcess = name === REFUSALS[0]?.name;
    if (isProcess) cloud.cloudRun.faults.taskFault = () => ({ kind: 'process' });
    const ended = await cloud.run(args);
    expect(ended).toMatchObject({
      state: 'FAILED',
      error: { code: 400, tags: ['ArgumentError'] },
    });
    expect(timeless(ended.message)).toBe(message);
    report(name, ended.state, [ended.message]);
    expect(jobsOf(cloud)).toEqual(['plan 1']);
    if (typed === undefined) return;
    const operator = operatorOf(cloud);
    const backfill = ['backfill', ...typed];
    const { code, stderr } = await (isProcess ? operator.run(backfill) : operator.here(backfill));
    expect(byFields(timeless(stderr))).toBe(`error: ${message}\n`);
    expect(code).toBe(2);
  });

  test.for([
    ['is an object', '{"symbols": ["A"]}', 'found \'{"symbols": ["A"]}\', expected a JSON list'],
    ['has a symbol twice', '["A", "A"]', 'found \'["A", "A"]\', expected a JSON list'],
    ['is empty', '[]', "found '[]', expected a JSON list"],
    ['is not JSON', 'nothing', "found 'nothing', expected a JSON list"],
  ] as const)('refuses a list of the deployment that %s', async ([name, content, message]) => {
    const cloud = await services.fresh({ now: NOW });
    await cloud.put(cloud.raw, 'raw/A/trades/x', '');
    await cloud.put(cloud.out, 'agg/_symbols.json', content);
    const ended = await cloud.run({});
    expect(ended.error).toMatchObject({ tags: ['ArgumentError'] });
    expect(ended.message).toContain(`gs://${cloud.out}/agg/_symbols.json content: ${message}`);
    report(`_symbols.json ${name}`, ended.state, [ended.message]);
    const { stderr } = await operatorOf(cloud).run(['backfill', ...DAY]);
    expect(stderr).toBe(`error: ${ended.message}\n`);
  });

  test('refuses a raw root without a symbol', async () => {
    const cloud = await services.fresh({ now: NOW });
    await cloud.put(cloud.raw, 'raw/_dataset.json', '{}');
    const ended = await cloud.run({});
    expect(ended.message).toBe(
      `symbols all symbols in gs://${cloud.raw}/raw: found no folder, expected folders of symbols (is it the right root, and is something recorded?)`,
    );
    const { stderr } = await operatorOf(cloud).run(['backfill', ...DAY]);
    expect(byFields(stderr)).toBe(`error: ${ended.message}\n`);
    expect(jobsOf(cloud)).toEqual(['plan 1']);
  });
});

/** A line of the command line, with the fields of an execution in place of the options. */
function byFields(line: string): string {
  return Object.entries(FIELDS).reduce(
    (all, [option, field]) => all.replaceAll(option, field),
    line,
  );
}

function timeless(said: string): string {
  const [, now = 'NOW'] = /\(it is ([^)]*)\)/u.exec(said) ?? [];
  return said.replaceAll(now, 'NOW').replaceAll(now.slice(0, 10), 'TODAY');
}
