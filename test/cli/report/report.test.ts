/** `flowbars report` on a sample with faults and patterns: its files, its writers, and that no key is in any output. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isDictionary } from '../../../src/core/unit/json.js';
import { goodText } from '../../support/analyst/made-day.js';
import type { FactSheet } from '../../../src/core/analyst/fact/fact-sheet.js';
import { runHere } from '../../support/command-here.js';
import { DATE, disposeSample, sampleDay } from '../../support/explain/explained-sample.js';
import { projectRoot, type RunResult, type Workdir } from '../../support/workdir.js';
import {
  answering,
  refusing,
  SAYING,
  type StandIn,
  standIn,
} from '../../support/writer/stand-in.js';

afterAll(disposeSample);

const GOLDEN = join(projectRoot, 'test/golden-report');
const KEY = 'sk-secret-0123456789';
const KEYS = { ANTHROPIC_API_KEY: KEY, OPENAI_API_KEY: KEY, GOOGLE_CLOUD_PROJECT: 'p' };
const NAME = `BTCUSDT/${DATE}`;

async function report(
  workdir: Workdir,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const usual = ['--out', 'out', '--symbol', 'BTCUSDT', '--date', DATE];
  return await workdir.run(['report', ...usual, ...args], { env });
}

function sheetIn(workdir: Workdir, into: string): FactSheet {
  const sheet: unknown = workdir.json(`${into}/${NAME}_facts.json`);
  if (!isSheet(sheet)) throw new Error('no fact sheet');
  return sheet;
}

function isSheet(value: unknown): value is FactSheet {
  return isDictionary(value) && value['kind'] === 'fact_sheet' && Array.isArray(value['facts']);
}

test('the report of a sample day is the golden one, twice, as Markdown, as a page and as facts', async () => {
  const workdir = await sampleDay();
  const first = await report(workdir, ['--raw', 'raw', '--facts']);
  expect(first.stderr).toMatch(
    /^written \(exit code 0\): reports\/BTCUSDT\/\S+_report\.md, \S+_report\.html, \S+_facts\.json; by the writer template\n$/u,
  );
  expect(first.code).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({
    asked_writer: 'template',
    writer: 'template',
    refused: [],
    writer_error: null,
  });
  const files = workdir.contents('reports');
  await report(workdir, ['--raw', 'raw', '--facts', '--into', 'again']);
  expect(workdir.contents('again')).toEqual(files);
  expect([...files.keys()]).toEqual([
    `${NAME}_facts.json`,
    `${NAME}_report.html`,
    `${NAME}_report.md`,
  ]);
  for (const end of ['report.md', 'facts.json']) {
    const path = join(GOLDEN, end);
    const text = workdir.text(`reports/${NAME}_${end}`);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(path, text);
    }
    expect(existsSync(path), `${path}: UPDATE_GOLDEN=1 writes it`).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
  }
  const shown = readFileSync(join(projectRoot, 'docs/REPORT.md'), 'utf8');
  const prose = workdir.text(`reports/${NAME}_report.md`).split('## Facts')[0]?.trim() ?? '';
  expect(prose.length).toBeGreaterThan(1_000);
  expect(shown, 'docs/REPORT.md shows the golden report').toContain(prose);
  const page = workdir.text(`reports/${NAME}_report.html`);
  expect(page).toContain('<meta name="generator" content="flowbars report" />');
  expect(page).not.toMatch(/<(?:script|link|img)/u);
});

/** Facts whose value is the cell that their command shows. */
const SINGLE_CELLS =
  /^(?:price\.(?:open|close|high|low)|book\.spread_max|flow\.(?:delta|busiest_minute|largest_order))$/u;
/** The commands of further events have the same form, and each takes a second. */
const FURTHER_EVENTS = /^event\.[d-z]$/u;

test('every command that traces a fact runs, and shows its value where it stands in a file', async () => {
  const workdir = await sampleDay();
  const roots = [
    '--out',
    workdir.path('out'),
    '--raw',
    workdir.path('raw'),
    '--into',
    workdir.path('traced'),
  ];
  const asked = ['--symbol', 'BTCUSDT', '--date', DATE, '--facts'];
  expect((await workdir.run(['report', ...roots, ...asked])).code).toBe(0);
  const { facts } = sheetIn(workdir, 'traced');
  expect(facts.length).toBeGreaterThan(60);
  const shown = new Map<string, string>();
  for (const { id, trace } of facts) {
    if (shown.has(trace) || FURTHER_EVENTS.test(id)) continue;
    // The path of a fresh folder needs no quotes.
    const [program, ...words] = trace.split(' ');
    expect(program).toBe('flowbars');
    let printed = '';
    const output = {
      onStdout: (text: string) => (printed += text),
      onStderr: (text: string) => (printed += text),
    };
    const args = words.flatMap((word) => (word === '--event' ? ['--event', 'true'] : word));
    expect(await runHere(args, {}, output), `${id}: ${trace}\n${printed}`).toBe(0);
    shown.set(trace, printed);
  }
  expect(shown.size).toBeGreaterThan(14);
  const ofCell = facts.filter(
    ({ trace, derivation }) => trace.includes('--column') && derivation !== null,
  );
  const cells = ofCell.filter(({ id: name }) => SINGLE_CELLS.test(name));
  for (const one of cells) expect(shown.get(one.trace), one.id).toContain(one.value);
  expect(cells.length).toBeGreaterThan(6);
  expect(ofCell.length).toBeGreaterThan(8);
});

type Name = keyof typeof SAYING;

async function byModel(
  workdir: Workdir,
  name: Name,
  server: StandIn,
  into: string,
): Promise<RunResult> {
  const url = name === 'openai' ? `${server.address}/v1` : server.address;
  const writer = ['--writer', name, '--writer-model', 'm', '--writer-url', url];
  return await report(workdir, [...writer, '--into', into, '--facts'], KEYS);
}

/** Everything printed and written. */
function outputOf({ stdout, stderr }: RunResult, workdir: Workdir, into: string): string {
  return [stdout, stderr, ...workdir.contents(into).values()].join('\n');
}

describe.for<Name>(['anthropic', 'openai', 'vertex'])('by the writer %s', (name) => {
  test('a text that keeps the rules is the report', async () => {
    const workdir = await sampleDay();
    await report(workdir, ['--facts']);
    const text = goodText(sheetIn(workdir, 'reports'), 'The book was quiet.');
    const server = await standIn([SAYING[name](text)]);
    const result = await byModel(workdir, name, server, `by-${name}`);
    expect(result.stderr).toContain(`by the writer ${name}\n`);
    expect(result.code).toBe(0);
    expect(server.asked).toHaveLength(1);
    // The facts are asked about, and neither the symbol nor a path.
    expect(server.asked[0]?.body).toContain('coverage.share');
    expect(server.asked[0]?.body).not.toMatch(/BTCUSDT|\.csv/u);
    const written = workdir.text(`by-${name}/${NAME}_report.md`);
    expect(written).toContain('The recording covers 96.0 %, 8 outages, ');
    expect(written).toContain(`Written by the language model behind the writer ${name};`);
    expect(outputOf(result, workdir, `by-${name}`)).not.toContain(KEY);
  });

  test('a text with a number is refused, and the template writes with exit code 0', async () => {
    const workdir = await sampleDay();
    const server = await standIn([SAYING[name](`It was ${KEY} and 5.`)]);
    const result = await byModel(workdir, name, server, `bad-${name}`);
    expect(result.code).toBe(0);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[1]?.body).toContain('The text was refused:');
    expect(result.stderr).toContain(`by the template, not by ${name}`);
    const written = workdir.text(`bad-${name}/${NAME}_report.md`);
    expect(written).toContain(
      `Written by the template: the text of the writer ${name} was refused 2 times.`,
    );
    expect(written).toContain(
      String.raw`missing\_fact: a mandatory fact is missing (coverage.share)`,
    );
    expect(outputOf(result, workdir, `bad-${name}`)).not.toContain(KEY);
  });

  test('a service that refuses the key leaves the template, exit code 3, and no key anywhere', async () => {
    const workdir = await sampleDay();
    const server = await standIn([refusing(401, `the key ${KEY} is wrong`)]);
    const result = await byModel(workdir, name, server, `no-${name}`);
    expect(result.code).toBe(3);
    const document: unknown = JSON.parse(result.stdout);
    const said = name === 'vertex' ? '' : 'the key … is wrong';
    if (said !== '') expect(document).toHaveProperty('writer_error', expect.stringContaining(said));
    expect(workdir.text(`no-${name}/${NAME}_report.md`)).toContain(
      `the writer ${name} gave no text (ask the writer: expected `,
    );
    const output = outputOf(result, workdir, `no-${name}`);
    // To an address that is not Google's no credentials go, so there is no key that it could know.
    if (name === 'vertex') expect(server.asked[0]?.headers.authorization).toBeUndefined();
    else expect(output).not.toContain(KEY);
  });
});

describe('refused with exit code 2 and one line is', () => {
  test.for<[string, readonly string[], RegExp]>([
    [
      'a model without its key',
      ['--writer', 'anthropic', '--writer-model', 'm'],
      /ANTHROPIC_API_KEY variable: found nothing/u,
    ],
    [
      'a public service without its key',
      ['--writer', 'openai', '--writer-model', 'm'],
      /OPENAI_API_KEY/u,
    ],
    [
      'Vertex AI without a project',
      ['--writer', 'vertex', '--writer-model', 'm'],
      /GOOGLE_CLOUD_PROJECT/u,
    ],
    ['no model', ['--writer', 'openai', '--writer-url', 'http://127.0.0.1:1'], /--writer-model/u],
    [
      'a model for the template',
      ['--writer-model', 'm'],
      /--writer-model option: found the template as writer/u,
    ],
    [
      'plain http',
      ['--writer', 'openai', '--writer-model', 'm', '--writer-url', 'http://example.com/v1'],
      /expected https/u,
    ],
    ['another writer', ['--writer', 'me'], /--writer/u],
    ['a root inside the published one', ['--into', 'out/reports'], /--into root/u],
    [
      'a day that is not published',
      ['--date', '2025-12-12'],
      /BTCUSDT 2025-12-12: found no published day, expected --date 2025-12-11/u,
    ],
    [
      'a folder without an evaluation',
      ['--model-dir', 'raw'],
      /evaluation\.json evaluation: found nothing/u,
    ],
  ])('%s', async ([, args, line]) => {
    const workdir = await sampleDay();
    const usual = ['--out', 'out', '--symbol', 'BTCUSDT'];
    const date = args.includes('--date') ? [] : ['--date', DATE];
    const { code, stdout, stderr } = await workdir.run(['report', ...usual, ...date, ...args]);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

test('a local server needs no key, and a server of nonsense leaves the template', async () => {
  const workdir = await sampleDay();
  const server = await standIn([answering(200, { choices: [] })]);
  const writer = [
    '--writer',
    'openai',
    '--writer-model',
    'm',
    '--writer-url',
    `${server.address}/v1`,
  ];
  const { code, stderr } = await report(workdir, [...writer, '--into', 'local']);
  expect(code).toBe(3);
  expect(stderr).toContain('by the template, not by openai');
  expect(server.asked[0]?.headers.authorization).toBeUndefined();
});

test('verdicts on models are in the report of a folder that train wrote', async () => {
  const workdir = await sampleDay();
  const skill = { value: -0.0012, low_4h: -0.004, high_4h: 0.0021 };
  const model = {
    name: 'lightgbm',
    status: 'judged',
    pooled: { rows: 9, log_loss_skill: skill },
    verdict: { skill: false },
  };
  workdir.write(
    'models/evaluation.json',
    JSON.stringify({ schema_version: 5, trials: 3, models: [model] }),
  );
  expect((await report(workdir, ['--model-dir', 'models', '--into', 'judged'])).code).toBe(0);
  expect(workdir.text(`judged/${NAME}_report.md`)).toContain(
    'Of the models on file, judged over all days of their dataset: lightgbm: no skill shown (log-loss skill -0.0012',
  );
});

test('a file that is not the listed one is damaged data', async () => {
  const workdir = await sampleDay();
  const name = `out/${NAME}_1m.csv`;
  const text = workdir.text(name);
  workdir.write(name, text.replace('64000', '64001'));
  const { code, stderr } = await report(workdir, ['--into', 'damaged']);
  workdir.write(name, text);
  expect(stderr).toMatch(/2025-12-11_1m\.csv file: found other content/u);
  expect(code).toBe(1);
});
