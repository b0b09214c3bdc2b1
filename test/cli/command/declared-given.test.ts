/** A declared rule takes the place of a default, and of nothing that is given. */
import { expect, test } from 'vitest';
import { declaredGiven } from '../../../src/cli/command/declared-given.js';
import { readGiven } from '../../../src/cli/command/given.js';
import { readRules } from '../../../src/cli/compute/request.js';
import * as options from '../../../src/cli/option/options.js';
import { runCommand } from '../../../src/cli/steps/run.js';
import type { Given } from '../../../src/cli/option/option.js';
import { openMemoryStore } from '../../support/memory-store.js';

const DECLARED = {
  streams: 'trades',
  sparse_trades: true,
  raw_layout: '{symbol}/{stream}/{date}/{hour}.csv',
};

async function given(
  typed: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  declared: unknown = DECLARED,
): Promise<Given> {
  const raw = openMemoryStore({ files: { '_dataset.json': JSON.stringify(declared) } });
  return await declaredGiven(readGiven(runCommand, { _: ['run'], ...typed }, environment), raw);
}

test('a declared rule is the default of its option', async () => {
  const rules = readRules(await given({}, {}), []);
  expect(rules).toMatchObject({
    streams: 'trades',
    sparseTrades: true,
    rawLayout: DECLARED.raw_layout,
    edgeMinutes: 2,
  });
});

test('an option and a variable win, even with the text of the default', async () => {
  const asked = await given({ streams: 'both' }, { FLOWBARS_SPARSE_TRADES: 'false' });
  expect(readRules(asked, [])).toMatchObject({
    streams: 'both',
    sparseTrades: false,
    rawLayout: DECLARED.raw_layout,
  });
  expect(asked.where(options.streamsOption)).toBe('--streams');
  expect(asked.where(options.rawLayoutOption)).toBe('memory/_dataset.json');
});

test('an empty variable says nothing', async () => {
  expect(readRules(await given({}, { FLOWBARS_STREAMS: '' }), []).streams).toBe('trades');
});

test('a malformed declaration is refused although an option is given', async () => {
  const refused = given({ streams: 'both' }, {}, { streams: 'depth' });
  await expect(refused).rejects.toThrow("memory/_dataset.json field 'streams'");
});
