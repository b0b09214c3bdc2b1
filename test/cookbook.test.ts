/**
 * Runs the recipes of docs/COOKBOOK.md in their order, in one fresh folder: shell with the built
 * program, Python with the real libraries. Where a recipe shows its output, that is what it prints.
 */
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installFromPyPi } from './support/frame/python-packages.js';
import { projectRoot, Workdir } from './support/workdir.js';

const cookbook = readFileSync(join(projectRoot, 'docs/COOKBOOK.md'), 'utf8');
const INSTALL_MS_MAX = 10 * 60_000;

interface Recipe {
  readonly language: 'sh' | 'python';
  readonly code: string;
  /** What it is shown to print. */
  readonly output: string | undefined;
  /** Why it is not run here. */
  readonly notRun: string | undefined;
}

const RECIPE =
  /(?:<!-- not run: ([^\n]*) -->\n)?```(sh|python)\n(.*?)^```$(?:\n\n```\n(.*?)^```$)?/gmsu;
const recipes = [...cookbook.matchAll(RECIPE)].map(
  ([, notRun, language, code = '', output]): Recipe => ({
    language: language === 'sh' ? 'sh' : 'python',
    code,
    output,
    notRun,
  }),
);
const ran = recipes.filter(({ notRun }) => notRun === undefined);

const python = installFromPyPi(join(projectRoot, 'test/support/cookbook'));
if ('reason' in python) process.stderr.write(`skipped: ${python.reason}\n`);

describe('the cookbook', () => {
  const workdir = new Workdir();
  /** Recipes build on each other, so each runs behind all code before it. */
  let before = '';

  beforeAll(() => {
    const program = `#!/bin/sh\nexec '${process.execPath}' '${join(projectRoot, 'dist/main.js')}' "$@"\n`;
    workdir.write('bin/flowbars', program);
    chmodSync(workdir.path('bin/flowbars'), 0o755);
  });

  afterAll(() => workdir.dispose());

  test('has recipes in both languages, and its libraries on CI', () => {
    const count = (language: string): number =>
      ran.filter((recipe) => recipe.language === language).length;
    expect([count('sh'), count('python')]).toEqual([5, 15]);
    expect(ran.filter(({ output }) => output !== undefined)).toHaveLength(16);
    const isCi = (process.env['CI'] ?? '') !== '';
    expect('path' in python || !isCi, JSON.stringify(python)).toBe(true);
  });

  for (const { language, code, output } of ran) {
    const [title = ''] = code.split('\n').filter((line) => !/^(?:import|from|\s*$)/u.test(line));
    test.skipIf(language === 'python' && 'reason' in python)(
      `runs: ${title}`,
      async () => {
        const bin = 'path' in python ? python.path : '';
        const PATH = [workdir.path('bin'), bin, process.env['PATH'] ?? ''].join(delimiter);
        const script = language === 'sh' ? code : `${before}print("—")\n${code}`;
        if (language === 'python') before += code;
        const [command, flag] = language === 'sh' ? ['sh', '-ec'] : ['python3', '-c'];
        const result = await workdir.spawn(command, [flag, script], { env: { PATH } }).result;
        expect(result.code, `${result.stderr}\n${result.stdout}`).toBe(0);
        const printed = result.stdout.split('—\n').at(-1);
        expect(printed).not.toBe('');
        if (output !== undefined) expect(printed).toBe(output);
      },
      INSTALL_MS_MAX,
    );
  }
});
