/** The built binary with right, wrong and missing arguments: output, errors in four parts, exit codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freshWorkdir, projectRoot } from '../../support/workdir.js';

const COMPUTING = ['run', 'aggregate', 'task', 'finalize', 'summarize'];
const DAY = ['--from', '2025-12-11'];
const ROOTS = ['--raw', 'raw', '--out', 'aggregated', '--symbols', 'BTCUSDT'];

async function flowbars(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const workdir = freshWorkdir();
  workdir.write(
    'raw/BTCUSDT/trades/2025-12-11/00-00.csv',
    'timestamp,price,quantity,is_buyer_maker\n',
  );
  return await workdir.run(args, { env });
}

describe('flowbars', () => {
  test('without a command shows its help on stderr and is a usage error', async () => {
    const { code, stdout, stderr } = await flowbars([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    for (const name of [...COMPUTING, 'sample']) expect(stderr).toContain(`flowbars ${name}`);
  });

  test('says its version, with the revision where one is baked in', async () => {
    const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const { code, stdout } = await flowbars(['--version']);
    expect(code).toBe(0);
    expect(manifest).toHaveProperty('version', stdout.trim());
    const baked = await flowbars(['--version'], { FLOWBARS_REVISION: '1a2b3c4' });
    expect(baked.stdout).toBe(`${stdout.trim()}+1a2b3c4\n`);
    for (const args of [['-V'], ['version']]) {
      expect(await flowbars(args)).toMatchObject({ code: 0, stdout, stderr: '' });
    }
  });

  test('shows help with a line for each command', async () => {
    const { code, stdout, stderr } = await flowbars(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/flowbars run +compute bars, signals, patterns/);
    expect((await flowbars(['help'])).stdout).toBe(stdout);
  });

  test.each([...COMPUTING, 'sample'])('shows help for %s, at most 100 wide', async (name) => {
    const { code, stdout } = await flowbars([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--raw .*FLOWBARS_RAW {2}\[required\]/);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('Exit codes: 0 good, 1 the data is not good');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test.each(['record', 'train', 'evaluate', 'report'])(
    'names the exit codes of %s',
    async (name) => {
      const { stdout } = await flowbars([name, '--help']);
      expect(stdout.match(/^.*Exit codes: .*$/gmu)).toEqual([
        expect.stringMatching(/^Exit codes: 0 \w+/u),
      ]);
    },
  );
});

describe('a usage error', () => {
  const cases: [name: string, args: string[], message: string][] = [
    ['an unknown command', ['rum'], "flowbars command: found 'rum', expected 'run'"],
    ['an unknown option', ['run', '--symbls', 'A'], "option: found '--symbls', expected --symbols"],
    ['an option before a command', ['--raw', 'x'], "option: found '--raw', expected a command"],
    ['a surplus argument', ['run', 'more'], "argument: found 'more', expected options only"],
    [
      'a command that begins another',
      ['agg'],
      "flowbars command: found 'agg', expected 'aggregate'",
    ],
    ['help for an unknown command', ['help', 'stats'], "command: found 'stats', expected 'status'"],
    [
      'a missing root',
      ['run', '--out', 'o', '--symbols', 'A'],
      '--raw option: found nothing, expected raw root',
    ],
    [
      'three missing options',
      ['run', '--from', 'yesterday'],
      'flowbars run options: found 3 missing, expected --raw or FLOWBARS_RAW (raw root: ',
    ],
    [
      'two formats',
      ['run', '--json', '--format', 'table'],
      '--json option: found it beside --format, expected one of the two',
    ],
    ['an odd format', ['run', ...ROOTS, '--format', 'csv'], "--format value: found 'csv'"],
    [
      'an odd fault',
      ['sample', '--raw', 'new', '--faults', 'outage,nonsense'],
      "--faults faults: found 'nonsense', expected 'all', 'none', or some of ",
    ],
    ['an odd shell', ['completion', 'csh'], "shell: found 'csh', expected one of bash, zsh, fish"],
    ['a missing value', ['run', '--raw'], '--raw value: found nothing, expected raw root'],
    [
      'an option given twice',
      ['run', '--raw', 'a', '--raw', 'b'],
      '--raw option: found 2 times, expected once',
    ],
    [
      'a list given twice',
      ['check', '--bars', 'a', '--bars', 'b', '--klines', 'c'],
      '--bars option: found 2 times, expected once: --bars a,b',
    ],
    ['a flag with an odd value', ['run', '--force=maybe'], "--force flag: found 'maybe'"],
    [
      'another scheme',
      ['run', '--raw', 's3://b', '--out', 'o'],
      "'s3://b' root: found scheme 's3'",
    ],
    ['overlapping roots', ['run', '--raw', 'raw', '--out', 'raw/x'], "--out root: found 'raw/x'"],
    [
      'a malformed day',
      ['run', ...ROOTS, '--from', '2025-02-30'],
      "--from date: found '2025-02-30'",
    ],
    ['a day to come', ['run', ...ROOTS, '--from', '2999-01-01'], 'which is not over'],
    [
      'days in reverse',
      ['run', ...ROOTS, ...DAY, '--to', '2025-12-10'],
      "--to date: found '2025-12-10' before --from '2025-12-11'",
    ],
    [
      'too many days',
      ['run', ...ROOTS, '--from', '2000-01-01', '--to', '2020-01-01'],
      'expected at most 4000 days',
    ],
    [
      'an odd symbol',
      ['run', '--raw', 'raw', '--out', 'o', '--symbols', 'BTC/USDT', ...DAY],
      "--symbols symbol: found 'BTC/USDT'",
    ],
    [
      'a symbol twice',
      ['run', '--raw', 'raw', '--out', 'o', '--symbols', 'A,B,A', ...DAY],
      "--symbols symbols: found 'A' twice",
    ],
    [
      'an empty symbol',
      ['run', '--raw', 'raw', '--out', 'o', '--symbols', 'A,', ...DAY],
      "--symbols symbol: found ''",
    ],
    [
      'a list that is no JSON',
      ['run', '--raw', 'raw', '--out', 'o', '--symbols', '["A"', ...DAY],
      '--symbols symbols: found \'["A"\'',
    ],
    ['an odd resolution', ['run', ...ROOTS, ...DAY, '--resolutions', '7s'], "found '7s'"],
    [
      'an odd stream',
      ['run', ...ROOTS, ...DAY, '--streams', 'depth'],
      "--streams value: found 'depth'",
    ],
    [
      'an odd layout',
      ['run', ...ROOTS, ...DAY, '--raw-layout', '{symbol}.csv'],
      '--raw-layout raw layout',
    ],
    ['a share above one', ['run', ...ROOTS, ...DAY, '--malformed-max', '1.5'], 'from 0 to 1'],
    ['a short hole', ['run', ...ROOTS, ...DAY, '--hole-min', '0.5'], 'a number of seconds from 1'],
    [
      'a long edge',
      ['run', ...ROOTS, ...DAY, '--edge-minutes', '61'],
      'a whole number from 0 to 60',
    ],
    ['no job', ['run', ...ROOTS, ...DAY, '--jobs', '0'], 'a whole number from 1 to'],
    [
      'half a range',
      ['run', ...ROOTS, ...DAY, '--expect', '2025-12-11T00:00:00Z'],
      '--expect range',
    ],
    [
      'a range of another day',
      ['run', ...ROOTS, ...DAY, '--expect', '2025-12-10T00:00:00Z/2025-12-10T01:00:00Z'],
      'expected a range that overlaps each day of the run',
    ],
    [
      'an odd run id',
      ['run', ...ROOTS, ...DAY, '--run-id', '../x'],
      "--run-id run id: found '../x'",
    ],
  ];
  test.each(cases)('is %s', async (_name, args, message) => {
    const { code, stdout, stderr } = await flowbars(args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: .+: found .+, expected .+\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each(['finalize', 'summarize'])('is garbage in what %s does not use', async (name) => {
    const args = [name, ...ROOTS, ...DAY, '--run-id', 'r1'];
    const { code, stdout, stderr } = await flowbars([...args, '--edge-minutes', 'banana']);
    expect(stderr).toMatch(/^error: --edge-minutes number: found 'banana'/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    const other = await flowbars(args, { FLOWBARS_RESOLUTIONS: '7q' });
    expect(other.stderr).toMatch(/^error: FLOWBARS_RESOLUTIONS resolution: found '7q'/);
    expect(other.code).toBe(2);
  });

  test('in a variable names the variable', async () => {
    const { code, stderr } = await flowbars(['run', ...ROOTS, ...DAY], {
      FLOWBARS_EDGE_MINUTES: 'x',
    });
    expect(stderr).toMatch(/^error: FLOWBARS_EDGE_MINUTES number: found 'x'/);
    expect(code).toBe(2);
  });
});

describe('roots that cannot work', () => {
  test('are a raw root that does not exist', async () => {
    const { code, stderr } = await flowbars(['run', '--raw', 'rav', ...ROOTS.slice(2), ...DAY]);
    expect(stderr).toBe(
      "error: --raw root: found 'rav': nothing there, expected an existing folder: 'raw'\n",
    );
    expect(code).toBe(2);
  });

  test('are an output root in the place of a file, found before any work', async () => {
    const workdir = freshWorkdir();
    workdir.write('raw/BTCUSDT/trades/x', '');
    workdir.write('file', '');
    const args = ['run', '--raw', 'raw', '--out', 'file/x', '--symbols', 'BTCUSDT', ...DAY];
    const { code, stdout, stderr } = await workdir.run(args);
    expect(stderr).toMatch(/^error: --out root: found 'file\/x': a file in place of a folder/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('are the same where a dataset would be carried there first', async () => {
    const workdir = freshWorkdir();
    workdir.write('raw/BTCUSDT/trades/x', '');
    workdir.write('raw/_dataset.json', '{"market":"usdm"}');
    workdir.write('file', '');
    const args = ['run', '--raw', 'raw', '--out', 'file/x', '--symbols', 'BTCUSDT', ...DAY];
    const { code, stderr } = await workdir.run(args);
    expect(stderr).toMatch(/^error: --out root: found 'file\/x': a file in place of a folder/);
    expect(code).toBe(2);
  });

  test('are roots of two markets', async () => {
    const workdir = freshWorkdir();
    workdir.write('raw/_dataset.json', '{"market":"usdm"}');
    workdir.write('raw/BTCUSDT/readme.txt', 'no chunk');
    workdir.write('aggregated/_dataset.json', '{"market":"spot"}');
    const { code, stderr } = await workdir.run(['run', ...ROOTS, ...DAY]);
    expect(stderr).toMatch(/_dataset\.json field 'market': found "spot", expected "usdm"/);
    expect(code).toBe(2);
    expect(workdir.files('aggregated')).toEqual(['_dataset.json']);
  });
});
