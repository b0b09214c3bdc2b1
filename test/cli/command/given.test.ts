/** Options read from the command line and from variables: the same values, in the right order of precedence. */
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/cli/command/command.js';
import { commands } from '../../../src/cli/commands.js';
import { readGiven, refuseUnreadable } from '../../../src/cli/command/given.js';
import type { Given, Option } from '../../../src/cli/option/option.js';
import { ruleOption } from '../../../src/cli/option/rule-options.js';
import * as options from '../../../src/cli/option/options.js';
import { formatsOption, outputsOption } from '../../../src/cli/option/product-options.js';
import { readDates, readRecentDates, readRules } from '../../../src/cli/compute/request.js';
import { utcDate } from '../../../src/core/unit/utc-date.js';
import { manualClock } from '../../support/manual-clock.js';

const command: Command = {
  name: 'run',
  summary: '',
  options: [
    ...options.computeOptions,
    ...options.goodOptions,
    options.jobsOption,
    options.retriesOption,
  ],
  examples: [],
  execute: () => Promise.resolve(0),
};

/** A value for each option that is not its default. */
const EXAMPLES: readonly (readonly [Option<unknown>, string])[] = [
  [options.rawOption, 'gs://b/raw'],
  [options.outOption, 'out'],
  [options.rawLayoutOption, '{date}/{symbol}-{stream}/{hour}{minute}.csv'],
  [options.gcsEndpointOption, 'http://localhost:1'],
  [options.symbolsOption, 'BTCUSDT,币安人生USDT'],
  [options.fromOption, '2025-12-01'],
  [options.toOption, '2025-12-02'],
  [options.lastOption, '7d'],
  [options.recordedOption, 'true'],
  [options.resolutionsOption, '60s,1h,5m'],
  [outputsOption, 'signals,bars'],
  [formatsOption, 'csv,parquet'],
  [options.forceOption, 'true'],
  [options.acceptRemovedOption, 'true'],
  [options.streamsOption, 'trades'],
  [ruleOption('sparseTrades'), 'true'],
  [ruleOption('expect'), '2025-12-01T10:00:00Z/2025-12-02T12:30:00.500Z'],
  [ruleOption('edgeMinutes'), '3'],
  [ruleOption('seedMinutes'), '90'],
  [ruleOption('holeMinMs'), '2.5'],
  [ruleOption('malformedMax'), '0.01'],
  [ruleOption('streamNames'), 'trades=aggTrade,depth=depth20'],
  [ruleOption('columns'), 'trades:when=timestamp,vol=quantity,depth:when=timestamp'],
  [ruleOption('idsMissingMin'), '10'],
  [ruleOption('quietMaxMs'), '600'],
  [ruleOption('usableMin'), '0.5'],
  [ruleOption('sideMin'), '0.6'],
  [ruleOption('accept'), 'side_doubtful,rows_elsewhere'],
  [ruleOption('largeOrder'), '250000.5'],
  [ruleOption('feeBps'), '7.5'],
  [options.coverageMinOption, '0.5'],
  [options.allowEmptyOption, 'all'],
  [options.jobsOption, '7'],
  [options.retriesOption, '0'],
  [options.runIdOption, 'r-1'],
  [options.noColorOption, 'true'],
];

function typed(texts: Readonly<Record<string, string>>): Given {
  return readGiven(command, { _: ['run'], ...texts }, {});
}

function named(variables: Readonly<Record<string, string>>): Given {
  return readGiven(command, { _: ['run'] }, variables);
}

describe('an option', () => {
  test.each(EXAMPLES)('$name is the same as its variable', (option, text) => {
    const typedText = option.isFlag === true ? { [option.name]: true } : { [option.name]: text };
    const here = readGiven(command, { _: ['run'], ...typedText }, {});
    const there = named({ [option.env]: text });
    expect(here.optional(option)).toEqual(there.optional(option));
    expect(here.optional(option)).not.toEqual(named({}).optional(option));
  });

  test('has an example above for each that a run takes', () => {
    expect(EXAMPLES.map(([option]) => option.name).sort()).toEqual(
      command.options.map((option) => option.name).sort(),
    );
  });

  test('on the command line wins over its variable', () => {
    const given = readGiven(command, { _: ['run'], raw: 'a' }, { FLOWBARS_RAW: 'b' });
    expect(given.value(options.rawOption)).toBe('a');
  });

  test('sets aside the variables of those that it excludes', () => {
    const clock = manualClock(Date.UTC(2025, 11, 12, 0, 20));
    const variables = { FLOWBARS_FROM: '2025-12-01', FLOWBARS_TO: '2025-12-02' };
    const asked = readGiven(command, { _: ['run'], last: '2d' }, variables);
    expect(readDates(asked, clock)).toEqual(['2025-12-10', '2025-12-11']);
    const other = readGiven(command, { _: ['run'], from: 'yesterday' }, { FLOWBARS_LAST: '2d' });
    expect(readDates(other, clock)).toEqual(['2025-12-11']);
    expect(() => typed({ last: '2d', to: '2025-12-02' })).toThrow(
      '--last option: found it beside --to, expected one of the two',
    );
    expect(() => named({ ...variables, FLOWBARS_LAST: '2d' })).toThrow(
      'FLOWBARS_LAST option: found it beside FLOWBARS_FROM',
    );
  });

  test('whose variable is empty is not given', () => {
    expect(named({ FLOWBARS_EDGE_MINUTES: '' }).value(ruleOption('edgeMinutes'))).toBe(2);
  });

  test('has a name, a variable and a help of its own in every command', () => {
    expect(commands.length).toBeGreaterThan(5);
    for (const { options: declared } of commands) {
      expect(new Set(declared.map(({ name }) => name)).size).toBe(declared.length);
      expect(new Set(declared.map(({ env }) => env)).size).toBe(declared.length);
      for (const { name, env, help } of declared) {
        expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
        expect(env).toMatch(/^FLOWBARS_[A-Z_]+$/);
        expect(help).not.toBe('');
      }
    }
  });
});

describe('what is given', () => {
  const garbage: readonly (readonly [Option<unknown>, string])[] = [
    [ruleOption('edgeMinutes'), 'banana'],
    [options.resolutionsOption, '7q'],
    [outputsOption, 'candles'],
    [formatsOption, 'parquet'],
    [ruleOption('largeOrder'), '-1'],
    [ruleOption('sparseTrades'), 'maybe'],
    [ruleOption('expect'), 'today'],
    [ruleOption('malformedMax'), '2'],
  ];

  test.each(
    commands.flatMap(({ name, options: declared }) =>
      garbage.flatMap(([option, text]) =>
        declared.includes(option) ? [[name, option.name, option, text] as const] : [],
      ),
    ),
  )('is refused by %s as --%s whether it is used or not', (name, _option, option, text) => {
    const chosen = commands.find((candidate) => candidate.name === name) ?? command;
    const parsed = { _: [name] };
    const typedHere = readGiven(chosen, { ...parsed, [option.name]: text }, {});
    expect(() => refuseUnreadable(chosen, typedHere)).toThrow(`--${option.name} `);
    const namedHere = readGiven(chosen, parsed, { [option.env]: text });
    expect(() => refuseUnreadable(chosen, namedHere)).toThrow(`${option.env} `);
  });

  test('to another command in a variable is left alone', () => {
    const finalize = commands.find(({ name }) => name === 'finalize') ?? command;
    expect(finalize.options).not.toContain(options.forceOption);
    const given = readGiven(finalize, { _: ['finalize'] }, { FLOWBARS_FORCE: 'maybe' });
    refuseUnreadable(finalize, given);
    expect(given.value(ruleOption('edgeMinutes'))).toBe(2);
    expect(() => readGiven(finalize, { _: ['finalize'], force: true }, {})).toThrow(/'--force'/);
  });
});

describe('the days of a run', () => {
  const clock = manualClock(Date.UTC(2025, 11, 12, 0, 20));

  test('are yesterday by default', () => {
    expect(readDates(named({}), clock)).toEqual(['2025-12-11']);
  });

  test('include the last one', () => {
    const given = typed({ from: '2025-12-09', to: '2025-12-11' });
    expect(readDates(given, clock)).toEqual(['2025-12-09', '2025-12-10', '2025-12-11']);
  });

  test.each(['2025-12-12', 'today'])('are over: %s is refused', (from) => {
    expect(() => readDates(typed({ from }), clock)).toThrow(
      `--from date: found '${from}', which is not over (it is 2025-12-12T00:20:00Z)`,
    );
  });

  test.each(['0d', '7', 'd', '7w', '-1d', '4001d'])('are no number that is %s', (last) => {
    expect(() => readDates(typed({ last }), clock)).toThrow(/^--last /u);
  });

  test('may be the last ones up to yesterday, looking back too', () => {
    const given = typed({ last: '3d' });
    const days = ['2025-12-09', '2025-12-10', '2025-12-11'];
    expect(readDates(given, clock)).toEqual(days);
    expect(readRecentDates(given, clock)).toEqual(days);
  });
});

test('an expectation has to touch each day of the run', () => {
  const given = typed({ expect: '2025-12-10T23:00:00Z/2025-12-11T01:00:00Z' });
  const days = ['2025-12-10', '2025-12-11'].map((date) => utcDate(date, 'test'));
  expect(readRules(given, days).expect).toEqual({
    fromMs: Date.UTC(2025, 11, 10, 23),
    toMs: Date.UTC(2025, 11, 11, 1),
  });
  const more = [...days, utcDate('2025-12-12', 'test')];
  expect(() => readRules(given, more)).toThrow(/each day of the run, 2025-12-12 too/);
});
