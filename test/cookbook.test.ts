/**
 * Runs the recipes of docs/COOKBOOK.md in their order, in one fresh folder: shell with the built
 * program, Python with the real libraries. Where a recipe shows its output, that is what it prints.
 */
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Printed, PythonSession } from './support/cookbook/python-session.js';
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
  /** Recipes build on each other, so they share a process. */
  let session: PythonSession | undefined;

  beforeAll(() => {
    const program = `#!/bin/sh\nexec '${process.execPath}' '${join(projectRoot, 'dist/main.js')}' "$@"\n`;
    workdir.write('bin/flowbars', program);
    chmodSync(workdir.path('bin/flowbars'), 0o755);
  });

  afterAll(async () => {
    await session?.stop();
    workdir.dispose();
  });

  test('has recipes in both languages, and its libraries on CI', () => {
    const count = (language: string): number =>
      ran.filter((recipe) => recipe.language === language).length;
    expect([count('sh'), count('python')]).toEqual([5, 15]);
    expect(ran.filter(({ output }) => output !== undefined)).toHaveLength(16);
    const isCi = (process.env['CI'] ?? '') !== '';
    expect('path' in python || !isCi, JSON.stringify(python)).toBe(true);
  });

  function pythonOf(path: string): PythonSession {
    const { HOME = '' } = process.env;
    return (session ??= new PythonSession(workdir.root, { PATH: path, HOME, TZ: 'UTC' }));
  }

  async function shellOf(path: string, code: string): Promise<Printed> {
    const { result } = workdir.spawn('sh', ['-ec', code], { env: { PATH: path } });
    const { code: ended, stdout, stderr } = await result;
    return { isDone: ended === 0, text: ended === 0 ? stdout : `${stderr}\n${stdout}` };
  }

  for (const { language, code, output } of ran) {
    const [title = ''] = code.split('\n').filter((line) => !/^(?:import|from|\s*$)/u.test(line));
    test.skipIf(language === 'python' && 'reason' in python)(
      `runs: ${title}`,
      async () => {
        const bin = 'path' in python ? python.path : '';
        const PATH = [workdir.path('bin'), bin, process.env['PATH'] ?? ''].join(delimiter);
        const { isDone, text } =
          language === 'python' ? await pythonOf(PATH).run(code) : await shellOf(PATH, code);
        expect(isDone, text).toBe(true);
        expect(text).not.toBe('');
        if (output !== undefined) expect(text).toBe(output);
      },
      INSTALL_MS_MAX,
    );
  }
});
