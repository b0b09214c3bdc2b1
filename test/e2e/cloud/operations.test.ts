/**
 * Runs every `npx flowbars` line of docs/OPERATIONS.md in order, by the built binary against the local
 * cloud. Before the section on late data, the test stores two late chunks.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type LocalCloud, startServices } from '../../support/cloud/local/local-cloud.js';
import { tinyDayChunk } from '../../support/cloud/tiny-days.js';
import { printCases } from '../../support/e2e/print-cases.js';
import { freshWorkdir } from '../../support/workdir.js';

const services = await startServices();
const report = printCases('command of docs/OPERATIONS.md');
const DATES = ['2025-12-09', '2025-12-10', '2025-12-11'];
const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
const [FIRST = '', , LAST = ''] = DATES;

/** A command of the page, under the heading of its section. */
interface Step {
  readonly section: string;
  readonly line: string;
}

function stepsOfPage(): Step[] {
  const steps: Step[] = [];
  let section = '';
  for (const line of readFileSync('docs/OPERATIONS.md', 'utf8').split('\n')) {
    const [, heading] = /^#{2,3} (.+)$/.exec(line) ?? [];
    if (heading !== undefined) section = heading;
    if (line.startsWith('npx flowbars ')) steps.push({ section, line });
  }
  return steps;
}

/** 1 for commands that report something. */
function expectedCode({ section, line }: Step): number {
  const isStale =
    section === 'Late data' && (line.includes('--live') || line.includes('--dry-run'));
  // The page's days are long ago: the last 30 days have no data.
  const isAboutNothing = line === 'npx flowbars status';
  return isStale || isAboutNothing ? 1 : 0;
}

test.skipIf(!services.areThere)(
  'every command of docs/OPERATIONS.md does what the page says',
  async () => {
    const now = '2025-12-12T08:00:00Z';
    const cloud = await services.fresh({ now, parallelism: 2, products: 'bars' });
    await cloud.record(SYMBOLS, DATES);
    const [origin = '', workflow = ''] = cloud.executionsUrl.split(/\/v1\/|\/executions$/);
    const env = {
      FLOWBARS_WORKFLOW: workflow,
      FLOWBARS_WORKFLOWS_ENDPOINT: origin,
      FLOWBARS_GCS_ENDPOINT: cloud.gcs.endpoint,
      FLOWBARS_RAW: `gs://${cloud.raw}/raw`,
      FLOWBARS_OUT: `gs://${cloud.out}/agg`,
      // The recording is two minutes of each day.
      FLOWBARS_COVERAGE_MIN: '0',
    };
    const folder = freshWorkdir();
    const steps = stepsOfPage();
    expect(steps.length).toBeGreaterThan(10);
    let hasLateChunks = false;
    const outputs = new Map<string, string>();
    for (const step of steps) {
      if (step.section === 'Late data' && !hasLateChunks) {
        hasLateChunks = true;
        await arriveLate(cloud);
      }
      const args = wordsOf(step.line, env);
      const { code, stdout, stderr } = await folder.run(args, { env });
      const said = stderr.trim().split('\n').at(-1) ?? '';
      report(`\`${step.line}\``, `exit code ${code}`, said === '' ? [] : [said]);
      expect(code, `${step.line}\n${stdout}\n${stderr}`).toBe(expectedCode(step));
      outputs.set(`${step.section}: ${step.line}`, stdout);
    }
    const range = `--from ${FIRST} --to ${LAST}`;
    const outputOf = (key: string): unknown => JSON.parse(outputs.get(key) ?? '');
    expect(outputOf(`First back-fill: npx flowbars backfill ${range} --wait`)).toMatchObject({
      state: 'succeeded',
      symbol_days: 6,
      outcomes: { published: 6 },
    });
    const more = `npx flowbars backfill --from ${FIRST} --outputs bars,signals,patterns`;
    expect(outputOf(`Add signals to published days: ${more} --dry-run`)).toMatchObject({
      to_compute: 2,
      output_files: 2 * 7,
    });
    expect(outputOf(`Add signals to published days: ${more} --wait`)).toMatchObject({
      outcomes: { published: 2 },
      good: true,
    });
    expect(outputOf(`Late data: npx flowbars status ${range} --live`)).toMatchObject({
      counts: { stale: 2 },
    });
    expect(outputOf(`Late data: npx flowbars repair ${range}`)).toMatchObject({
      stale: 2,
      days: [
        { symbol: 'ETHUSDT', date: '2025-12-09', outcome: 'repaired' },
        { symbol: 'BTCUSDT', date: '2025-12-10', outcome: 'repaired' },
      ],
    });
    const rerun = 'npx flowbars rerun --symbol BTCUSDT --date 2025-12-10';
    expect(outputOf(`One symbol wrong: ${rerun} --wait`)).toMatchObject({
      outcomes: { unchanged: 1 },
    });
    expect(outputOf(`One symbol wrong: ${rerun} --force --wait`)).toMatchObject({
      outcomes: { published: 1 },
    });
  },
  600_000,
);

/** A minute at noon of two symbol-days. */
async function arriveLate(cloud: LocalCloud): Promise<void> {
  const late = [
    ['BTCUSDT', '2025-12-10'],
    ['ETHUSDT', '2025-12-09'],
  ] as const;
  for (const [symbol, date] of late) {
    const text = tinyDayChunk('trades', date, 720);
    await cloud.put(cloud.raw, `raw/${symbol}/trades/${date}/12-00.csv`, text);
  }
}

/** Splits a line of the page as a shell does. The page quotes variables only. */
function wordsOf(line: string, env: Readonly<Record<string, string>>): string[] {
  return line
    .split(' ')
    .slice(2)
    .map((word) =>
      word.replaceAll('"', '').replaceAll(/\$(\w+)/g, (_all, name: string) => env[name] ?? ''),
    );
}
