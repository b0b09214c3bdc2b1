/**
 * Runs every command that README.md and docs/COMMANDS.md show, in their order, in a fresh folder, and
 * holds the README's output of the quickstart to what it prints; UPDATE_README=1 writes it anew.
 */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { commands } from '../src/cli/commands.js';
import { type FakeGcsServer, startFakeGcsServer } from './support/gcs/fake-gcs-server.js';
import { quickstartBlock } from './support/readme/quickstart-block.js';
import { klinesOf, klineText } from './support/day/klines.js';
import { startExchange } from './support/record/exchange-session.js';
import { freshWorkdir, projectRoot, type RunResult, Workdir } from './support/workdir.js';

const readme = page('README.md');
const shownLines = shownCommands(`${readme}\n${page('docs/COMMANDS.md')}`);
/** Commands that need a deployment: the walk through docs/OPERATIONS.md runs each of them. */
const operated = shownLines.filter((command) => operationsShow(command));
/** Commands that are not run here, each with the reason. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm run quickstart': 'its commands and its output are compared below',
  'npm pack': 'test/package.test.ts packs the package',
  'npm install --global ./flowbars-0.1.0.tgz': 'test/package.test.ts installs and runs it',
};
/** The block below `npm run quickstart`, with what leads to it. */
const QUICKSTART = /^(npm run quickstart\n```\n+```\n)(.*?)(?=^```$)/msu;
const BUCKET = 'my-bucket';
const MAIN = join(projectRoot, 'dist/main.js');

describe('the commands of the README and of docs/COMMANDS.md', () => {
  const workdir = new Workdir();
  const exports: Record<string, string> = {};
  let server: FakeGcsServer | undefined;

  beforeAll(async () => {
    server = await startFakeGcsServer();
    const program = `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`;
    workdir.write('bin/flowbars', program);
    chmodSync(workdir.path('bin/flowbars'), 0o755);
  }, 15 * 60_000);

  afterAll(async () => {
    await server?.stop();
    workdir.dispose();
  });

  test('are there, and show every command of the program', () => {
    expect(shownLines.length).toBeGreaterThan(20);
    expect(Object.keys(ELSEWHERE).filter((command) => !shownLines.includes(command))).toEqual([]);
    expect(operated.length).toBeGreaterThan(2);
    const names = new Set(shownLines.map((command) => /flowbars (\w+)/u.exec(command)?.[1]));
    expect(names.size).toBeGreaterThan(12);
    // test/e2e/learn runs those of learning, which need days and Python.
    // `follow` takes the id of an execution that exists; test/e2e/cloud/operators.test.ts runs it.
    const others = commands.map(({ name }) => name).filter((name) => !names.has(name));
    expect(others).toEqual(['dataset', 'train', 'evaluate', 'score', 'follow']);
    const rows = page('docs/COMMANDS.md').match(/(?<=^\| `flowbars )\w+(?=` \|)/gmu);
    expect(new Set(rows)).toEqual(new Set(commands.map(({ name }) => name)));
  });

  test.for(shownLines.filter((command) => !(command in ELSEWHERE) && !operated.includes(command)))(
    '%s',
    async (command, context) => {
      const exported = /^export (.*)$/u.exec(command)?.[1];
      if (exported !== undefined) {
        for (const pair of exported.split(' ')) {
          const [name = '', value = ''] = pair.split('=');
          exports[name] = value;
        }
        return;
      }
      const env: Record<string, string> = { ...exports };
      if (command.includes('gs://'))
        env['FLOWBARS_GCS_ENDPOINT'] = await recordingInBucket(context);
      if (command.includes('--klines')) writeKlines(command);
      if (command.includes(' record ')) env['FLOWBARS_ENDPOINT'] = (await startExchange()).endpoint;
      // Seconds of a recording show what its minutes would.
      const result = await shell(command.replace('--for 10s', '--for 3s'), env);
      expect(result.code, `${result.stderr}\n${result.stdout.slice(0, 2_000)}`).toBe(0);
      expect(result.stdout).not.toBe('');
    },
  );

  async function shell(command: string, env: Record<string, string>): Promise<RunResult> {
    const PATH = [workdir.path('bin'), process.env['PATH'] ?? ''].join(delimiter);
    return await workdir.spawn('sh', ['-c', command], { env: { ...env, PATH } }).result;
  }

  /** The recording of the commands before, copied into the bucket that the page names. */
  async function recordingInBucket(context: TestContext): Promise<string> {
    if (server === undefined) return context.skip('no fake-gcs-server');
    await server.createBucket(BUCKET);
    const names = workdir.files('raw');
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      await server.putObject(BUCKET, `raw/${name}`, workdir.bytes(`raw/${name}`));
    }
    return server.endpoint;
  }

  /** Klines as the exchange would have them, had it seen the same trades: ten minutes of the bars. */
  function writeKlines(command: string): void {
    const bars = /--bars (\S+)/u.exec(command)?.[1] ?? '';
    const klines = /--klines (\S+)/u.exec(command)?.[1] ?? '';
    const minutes = (name: string): string[][] =>
      workdir
        .text(name)
        .split('\n', 11)
        .map((row) => row.split(','));
    const signals = minutes(bars.replace('.csv', '_signals.csv'));
    workdir.write(klines, klineText(klinesOf(minutes(bars), signals), { header: false }));
  }
});

test(
  'the README shows what the quickstart prints; UPDATE_README=1 writes it',
  async () => {
    const workdir = freshWorkdir();
    const script = join(projectRoot, 'test/support/frame/quickstart.mjs');
    const args = [script, workdir.root, '--documents'];
    const { code, stdout, stderr } = await workdir.spawn(process.execPath, args).result;
    expect(code, stderr).toBe(0);
    // Every planted fault is found, and the minute that was recorded whole is the same bar in both acts.
    expect(stdout).not.toMatch(/undefined|NOT EXCLUDED|ANOTHER BAR/u);
    const shown = quickstartBlock(stdout);
    expect(shown.length).toBeGreaterThan(40);
    const updated = readme.replace(
      QUICKSTART,
      (_, before: string) => `${before}${shown.join('\n')}\n`,
    );
    if (process.env['UPDATE_README'] === '1' && process.env['CI'] === undefined) {
      writeFileSync(join(projectRoot, 'README.md'), updated);
      return;
    }
    expect(
      QUICKSTART.exec(readme)?.[2]?.trimEnd().split('\n'),
      'UPDATE_README=1 writes it',
    ).toEqual(shown);
    const [, next = ''] = stdout.split('\nTry next\n');
    const tried = shownCommands(`\`\`\`sh\n${next}\`\`\`\n`).filter((line) =>
      line.startsWith('npx '),
    );
    expect(tried.length).toBeGreaterThan(6);
    for (const line of tried) {
      const command = line.replace('npx flowbars', `'${process.execPath}' '${MAIN}'`);
      const result = await workdir.spawn('sh', ['-c', command]).result;
      expect([line, result.code], result.stderr).toEqual([line, 0]);
    }
  },
  3 * 60_000,
);

function page(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

function operationsShow(command: string): boolean {
  return page('docs/OPERATIONS.md').split('\n').includes(`npx ${command}`);
}

/** The commands of all blocks of shell, without comments, continued lines joined. */
function shownCommands(text: string): string[] {
  return [...text.matchAll(/^```sh\n(.*?)^```$/gmsu)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/gu, '')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/u, '').trim())
      .filter((line) => line !== ''),
  );
}
