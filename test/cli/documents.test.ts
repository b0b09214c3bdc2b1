/** Holds the documents of `sample`, `import`, `check` and `inspect` to docs/COMMANDS.md, which has to name each of their fields. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isDictionary } from '../../src/core/unit/json.js';
import { freshWorkdir, projectRoot, type Workdir } from '../support/workdir.js';

const RAW = 'raw/BTCUSDT';
const DATE = '2025-12-11';

test('docs/COMMANDS.md names every field of the documents that commands print', async () => {
  const workdir = freshWorkdir();
  const documents = [
    await printed(workdir, ['sample', '--raw', 'raw', '--depth-levels', 'switch']),
  ];
  const where = ['--raw', 'raw', '--out', 'out'];
  const run = ['run', ...where, '--symbols', 'BTCUSDT', '--from', DATE];
  expect(await rowsOf(workdir, run)).toMatchObject([
    { symbol: 'BTCUSDT', date: DATE, outcome: 'published' },
  ]);
  workdir.write('klines.csv', klines(['00:03', '23:00']));
  const check = ['check', '--bars', `out/BTCUSDT/${DATE}_1m.csv`, '--klines', 'klines.csv'];
  documents.push(await printed(workdir, check));
  const differences = await rowsOf(workdir, check);
  expect(differences.length).toBeGreaterThan(1);
  expect(documents.at(-1)).toHaveProperty('differences', differences);
  const status = ['status', '--out', 'out', '--from', DATE, '--to', DATE];
  expect(await rowsOf(workdir, status)).toMatchObject([
    { symbol: 'BTCUSDT', date: DATE, state: 'partial' },
  ]);
  for (const file of [
    `${RAW}/trades/${DATE}/00-00.csv`,
    `${RAW}/depth/${DATE}/00-00.csv`,
    `out/BTCUSDT/${DATE}_1m.csv`,
    `out/BTCUSDT/${DATE}_quality.json`,
    `out/_manifest/${DATE}.json`,
    `out/BTCUSDT/${DATE}_1m_signals.csv`,
    `out/BTCUSDT/${DATE}_patterns.csv`,
    `out/BTCUSDT/${DATE}_scoreboard.json`,
  ]) {
    documents.push(await printed(workdir, ['inspect', file]));
  }
  const chunk = `${RAW}/trades/${DATE}/00-01.csv`;
  const importing = ['import', chunk, '--symbol', 'BTCUSDT', '--raw', 'imported'];
  documents.push(await printed(workdir, importing));
  expect(await rowsOf(workdir, importing)).toMatchObject([{ symbol: 'BTCUSDT', stream: 'trades' }]);
  const view = ['view', '--out', 'out', '--from', DATE, '--to', DATE, '--site', 'pages'];
  documents.push(await printed(workdir, view));
  expect(await rowsOf(workdir, view)).toMatchObject([{ date: DATE, outcome: 'unchanged' }]);
  const section = page('COMMANDS');
  const names = [...new Set(documents.flatMap(namesIn))];
  expect(names.length).toBeGreaterThan(60);
  for (const deep of [
    'other_written',
    'trade_id',
    'switch_at',
    'chunks_unchanged',
    'first_missing_chunk',
    'hint',
    'found',
    'ok',
  ]) {
    expect(names).toContain(deep);
  }
  // Names of the two streams and of row counts are those of the quality report.
  const output = page('OUTPUT');
  const counts = output.slice(
    output.indexOf('\n## Quality report'),
    output.indexOf('\n## Manifest'),
  );
  const isTold = (name: string): boolean =>
    section.includes(`\`${name}\``) || counts.includes(`\`${name}\``);
  expect(names.filter((name) => !isTold(name))).toEqual([]);
});

function page(name: string): string {
  return readFileSync(join(projectRoot, `docs/${name}.md`), 'utf8');
}

async function printed(workdir: Workdir, args: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await workdir.run([...args, '--json']);
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout);
}

async function rowsOf(workdir: Workdir, args: readonly string[]): Promise<unknown[]> {
  const { stdout } = await workdir.run([...args, '--format', 'jsonl']);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/** Official minutes that differ from the recording. */
function klines(times: readonly string[]): string {
  const lines = times.map((time) => {
    const openMs = Date.parse(`${DATE}T${time}:00Z`);
    return [openMs, 1, 1, 1, 1, 1, openMs + 59_999, 1, 1, 1, 1, 0].join(',');
  });
  return `${lines.join('\n')}\n`;
}

function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isDictionary(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)]);
}
