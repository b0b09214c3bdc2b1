/** Arguments and lists that are refused, each before a task is started. */
import { describe, expect, test } from 'vitest';
import { jobsOf, startServices } from '../../support/cloud/local/local-cloud.js';
import { printCases } from '../../support/e2e/print-cases.js';

const services = await startServices();
const report = printCases('an argument');
const NOW = '2024-05-10T12:00:00Z';

const LONG_LIST = Array.from({ length: 3_000 }, (_, index) => `SYMBOL${index}`);

/** Name, arguments, message. */
const CASES: readonly (readonly [string, unknown, string])[] = [
  [
    'dates reversed',
    { start_date: '2024-05-08', end_date: '2024-05-06' },
    'argument start_date: found "2024-05-08", expected end_date (2024-05-06) or before',
  ],
  [
    'a start that is not over, whatever the end',
    { start_date: '2024-05-10' },
    'argument start_date: found "2024-05-10", expected a day that is over: 2024-05-09 or before',
  ],
  [
    'a start in the future before an end that is over',
    { start_date: '2999-01-01', end_date: '2024-05-06' },
    'argument start_date: found "2999-01-01", expected a day that is over: 2024-05-09 or before',
  ],
  [
    'a date without zeros',
    { start_date: '2024-5-6' },
    'argument start_date: found "2024-5-6", expected a day of the calendar as YYYY-MM-DD',
  ],
  [
    'a day that no calendar has',
    { start_date: '2024-02-30' },
    'argument start_date: found "2024-02-30", expected a day of the calendar as YYYY-MM-DD',
  ],
  [
    'a date that is a number',
    { start_date: 20240506 },
    'argument start_date: found 20240506, expected a day of the calendar as YYYY-MM-DD',
  ],
  [
    'a day that is not over',
    { end_date: '2024-05-10' },
    'argument end_date: found "2024-05-10", expected a day that is over: 2024-05-09 or before',
  ],
  [
    'more days than one run takes, up to an end that nobody gave',
    { start_date: '2000-01-01' },
    'argument start_date: found "2000-01-01", expected at most 4000 days, with lookback_days, ' +
      'through 2024-05-09 (default)',
  ],
  [
    'more days than one run takes, up to an end that was given',
    { start_date: '2013-05-23', end_date: '2024-05-06', lookback_days: 1 },
    'argument start_date: found "2013-05-23", expected at most 4000 days, with lookback_days, ' +
      'through 2024-05-06',
  ],
  [
    'an unknown argument',
    { symbol: 'AUSDT' },
    'argument symbol: found "AUSDT", expected one of start_date; end_date; symbols; force; ' +
      'resolutions; lookback_days; window_days',
  ],
  [
    'arguments that are a list',
    ['AUSDT'],
    'argument of the execution: found ["AUSDT"], expected a JSON object, or nothing',
  ],
  ['a text for a flag', { force: 'yes' }, 'argument force: found "yes", expected true or false'],
  [
    'a text for a number',
    { lookback_days: '3' },
    'argument lookback_days: found "3", expected a whole number from 0 to 366',
  ],
  [
    'a negative number',
    { lookback_days: -1 },
    'argument lookback_days: found -1, expected a whole number from 0 to 366',
  ],
  [
    'no window',
    { window_days: 0 },
    'argument window_days: found 0, expected a whole number from 1 to 366',
  ],
  [
    'a bar length that does not divide a day',
    { resolutions: '7m' },
    'argument resolutions: found "7m", expected bar lengths that divide a day, such as "1s,1m,5m,1h"',
  ],
  [
    'no bar length',
    { resolutions: [] },
    'argument resolutions: found [], expected bar lengths that divide a day, such as "1s,1m,5m,1h"',
  ],
  ['no symbol', { symbols: [] }, 'argument symbols: found no symbol, expected at least one'],
  [
    'a symbol with a slash',
    { symbols: 'A/B' },
    'argument symbols: found "A/B", expected 1 to 64 letters, digits, "_" or "-", not beginning with "_"',
  ],
  [
    'a symbol that is a number',
    { symbols: ['A', 7] },
    'argument symbols: found 7, expected 1 to 64 letters, digits, "_" or "-", not beginning with "_"',
  ],
  [
    'a symbol twice',
    { symbols: ['A', 'B', 'A'] },
    'argument symbols: found A twice, expected each symbol once',
  ],
  [
    'symbols as an object',
    { symbols: { A: true } },
    'argument symbols: found {"A":true}, expected a list, a text such as A,B, or all',
  ],
  [
    'a list of symbols above 32,000 bytes',
    { symbols: LONG_LIST.join(',') },
    'argument symbols: found 3000 symbols, expected a JSON list of at most 32000 bytes, ' +
      'as a variable of a task holds',
  ],
  [
    'more symbol-days than one summary takes',
    { symbols: LONG_LIST.slice(0, 60).join(','), start_date: '2014-01-01' },
    'arguments: found 60 symbols on 3782 days, expected at most 200000 symbol-days: ' +
      'start several executions',
  ],
];

/** Name, arguments, first and last day. */
const DAYS: readonly (readonly [string, unknown, string])[] = [
  ['no day', {}, '2024-05-09..2024-05-09'],
  ['a last day alone', { end_date: '2024-05-06' }, '2024-05-06..2024-05-06'],
  ['a first day alone', { start_date: '2024-05-08' }, '2024-05-08..2024-05-09'],
  ['both days', { start_date: '2024-05-06', end_date: '2024-05-07' }, '2024-05-06..2024-05-07'],
  ['a look back alone', { lookback_days: 2 }, '2024-05-07..2024-05-09'],
  [
    'a last day and a look back',
    { end_date: '2024-05-06', lookback_days: 2 },
    '2024-05-04..2024-05-06',
  ],
  [
    'a first day and a look back',
    { start_date: '2024-05-08', lookback_days: 2 },
    '2024-05-06..2024-05-09',
  ],
];

test.for(DAYS)('an execution with %s takes its days', async ([, args, days], { skip }) => {
  skip(!services.areThere, 'there is no fake-gcs-server');
  const cloud = await services.fresh({ now: NOW });
  await cloud.put(cloud.out, 'agg/_symbols.json', '["A"]');
  // The first poll ends the execution, so that no task has to run for its plan to be seen.
  cloud.cloudRun.faults.neverFinishes = () => true;
  cloud.cloudRun.faults.pollStatus = 403;
  const ended = await cloud.run(args);
  expect(ended.message).toContain(`task ${days}: `);
  expect(jobsOf(cloud).map((job) => job.split(' ')[2])).toEqual([days]);
});

describe.skipIf(!services.areThere)('an execution refuses', () => {
  test.for(CASES)('%s', async ([name, args, message]) => {
    const cloud = await services.fresh({ now: NOW });
    const ended = await cloud.run(args);
    expect(ended).toMatchObject({
      state: 'FAILED',
      error: { message, code: 400, tags: ['ArgumentError'] },
    });
    report(name, ended.state, [ended.message]);
    expect(cloud.cloudRun.executions).toEqual([]);
  });

  test.for([
    ['is an object', '{"symbols": ["A"]}', 'found a JSON map, expected a JSON list of symbols'],
    ['has a symbol twice', '["A", "A"]', 'found A twice, expected each symbol once'],
    ['is empty', '[]', 'found no symbol, expected at least one'],
    ['is not JSON', 'nothing', 'json'],
    [
      'is too long',
      JSON.stringify(LONG_LIST),
      'found more than 32000 bytes, expected a list that fits',
    ],
  ] as const)('a list of the deployment that %s', async ([name, content, message]) => {
    const cloud = await services.fresh({ now: NOW });
    await cloud.put(cloud.out, 'agg/_symbols.json', content);
    const ended = await cloud.run({});
    expect(ended.state).toBe('FAILED');
    expect(ended.message).toContain(`gs://${cloud.out}/agg/_symbols.json: `);
    expect(ended.message).toContain(message);
    report(`_symbols.json ${name}`, ended.state, [ended.message]);
    expect(cloud.cloudRun.executions).toEqual([]);
  });

  test('a raw root without a symbol', async () => {
    const cloud = await services.fresh({ now: NOW });
    await cloud.put(cloud.raw, 'raw/_dataset.json', '{}');
    const ended = await cloud.run({});
    expect(ended.message).toBe(
      `folders of gs://${cloud.raw}/raw/: found no symbol, expected at least one`,
    );
    expect(cloud.cloudRun.executions).toEqual([]);
  });
});
