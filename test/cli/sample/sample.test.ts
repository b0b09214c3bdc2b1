/** `flowbars sample` as a person uses it: its document, and what it refuses to touch. */
import { expect, test } from 'vitest';
import { readGiven } from '../../../src/cli/command/given.js';
import { sampleCommand } from '../../../src/cli/sample/sample.js';
import { isDictionary } from '../../../src/core/unit/json.js';
import { paperTerminal } from '../../support/readme/paper-terminal.js';
import { freshWorkdir } from '../../support/workdir.js';

const SAMPLE = ['sample', '--raw', 'raw', '--faults', 'none'];

test('prints a document in snake_case with its planted faults', async () => {
  const workdir = freshWorkdir();
  const args = ['sample', '--raw', 'raw', '--depth-levels', 'switch'];
  const { code, stdout, stderr } = await workdir.run(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document: unknown = JSON.parse(stdout);
  expect(document).toMatchObject({
    from: '2025-12-11T00:00:00Z',
    to: '2025-12-11T00:10:00Z',
    symbols: [
      {
        symbol: 'BTCUSDT',
        chunks: 18,
        chunks_unchanged: 0,
        switch_at: '2025-12-11T00:05:00.000Z',
        quiet: [{ from: '2025-12-11T00:00:12.000Z', to: '2025-12-11T00:00:20.800Z' }],
      },
    ],
  });
  const names = [...new Set(namesIn(document))];
  expect(names.filter((name) => !/^[a-z]+(?:_[a-z]+)*$/.test(name))).toEqual([]);
  for (const name of ['decompressed_bytes', 'stored_bytes', 'trade_rows', 'snapshot_rows']) {
    expect(names).toContain(name);
  }
  const chunk = 'BTCUSDT/trades/2025-12-11/00-02.csv';
  expect(stdout).toContain(`"object": "${chunk}"`);
  expect(stdout).toContain('"from": "2025-12-11T00:01:20.000Z"');
  expect(workdir.exists(`raw/${chunk}`)).toBe(false);
});

test('refuses another recording of the same minutes before it writes', async () => {
  const workdir = freshWorkdir();
  await workdir.run([...SAMPLE, '--start', '00:06', '--minutes', '2', '--seed', '1']);
  const before = workdir.contents('raw');
  expect(before.size).toBe(4);
  const { code, stdout, stderr } = await workdir.run([...SAMPLE, '--seed', '2']);
  expect(stderr).toMatch(
    /^error: raw chunk in the place of the sample: found '.+00-06\.csv' with other bytes, expected only chunks of the same sample/,
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(workdir.contents('raw')).toEqual(before);
});

test('says of the same recording that it is there', async () => {
  const workdir = freshWorkdir();
  await workdir.run([...SAMPLE, '--minutes', '2']);
  const { code, stdout } = await workdir.run([...SAMPLE, '--minutes', '2']);
  expect(JSON.parse(stdout)).toMatchObject({ symbols: [{ chunks: 4, chunks_unchanged: 4 }] });
  expect(code).toBe(0);
});

test('tells a person what was recorded and planted, and what to do next', async () => {
  const workdir = freshWorkdir();
  const { lines, world } = paperTerminal(80);
  const raw = workdir.path('raw');
  const parsed = { _: ['sample'], raw, symbols: 'BTCUSDT,A', minutes: '2', rate: '0.1' };
  expect(await sampleCommand.execute(readGiven(sampleCommand, parsed, {}), world)).toBe(0);
  const range = '2025-12-11T00:00:00Z/2025-12-11T00:02:00Z';
  expect(lines.slice(0, 2).join(' ')).toMatch(/^symbol +chunks +trades +snapshots +stored ─/u);
  expect(lines.slice(2, 4).map((line) => line.split(/ +/u).slice(0, 2))).toEqual([
    ['BTCUSDT', '4'],
    ['A', '4'],
  ]);
  expect(lines.slice(4)).toEqual([
    'planted off-book lost-trade damaged-line zero-row late-rows outage',
    'recorded 2025-12-11T00:00:00Z to 2025-12-11T00:02:00Z',
    'next:',
    `  flowbars run --raw ${raw} --out aggregated \\`,
    '    --symbols BTCUSDT,A --from 2025-12-11 \\',
    `    --expect ${range}`,
  ]);
});

test('names a run over all days that it recorded, which expects no less than they hold', async () => {
  const two = await sampled(['--start', '23:59', '--minutes', '2', '--rate', '0.1']);
  expect(two).toBe(
    'next: flowbars run --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11 --to 2025-12-12 --expect 2025-12-11T23:59:00Z/2025-12-12T00:01:00Z',
  );
  const whole = await sampled(['--minutes', '1440', '--rate', '0.01', '--snapshot-ms', '5000']);
  expect(whole).toBe(
    'next: flowbars run --raw raw --out aggregated --symbols BTCUSDT --from 2025-12-11',
  );
});

async function sampled(args: readonly string[]): Promise<string | undefined> {
  const given = ['sample', '--raw', 'raw', '--faults', 'none', ...args, '--format', 'table'];
  const { code, stdout, stderr } = await freshWorkdir().run(given);
  expect(code, stderr).toBe(0);
  return stdout.trimEnd().split('\n').at(-1);
}

test('tells a person which episodes were planted', async () => {
  const workdir = freshWorkdir();
  const { lines, world } = paperTerminal(80);
  const sparse = { rate: '0.01', faults: 'none', 'depth-levels': '5' };
  const parsed = { _: ['sample'], raw: workdir.path('raw'), minutes: '43', ...sparse };
  const given = readGiven(sampleCommand, { ...parsed, plant: 'absorption' }, {});
  expect(await sampleCommand.execute(given, world)).toBe(0);
  const at = lines.indexOf('planted no faults');
  expect(lines.slice(at + 1, at + 4).map((line) => line.split(/ +/u))).toEqual([
    ['episode', 'direction', 'confirmed'],
    ['──────────', '─────────', '────────────────────'],
    ['absorption', 'up', '2025-12-11T00:41:30Z'],
  ]);
});

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isDictionary(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)]);
}
