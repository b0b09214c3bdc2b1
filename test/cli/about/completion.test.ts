/** The completion scripts, in the shells themselves: what a press of the tab key offers. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../../src/cli/about/completion.js';
import { commands } from '../../../src/cli/commands.js';
import { freshWorkdir } from '../../support/workdir.js';

/** What is typed before the key, and some of what is offered. */
const OFFERS: readonly (readonly [typed: readonly string[], offered: readonly string[]])[] = [
  [['st'], ['status']],
  [
    ['completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [
    ['help', 're'],
    ['record', 'repair', 'report', 'rerun'],
  ],
  [['run', '--streams'], ['--streams']],
  [
    ['run', '--streams', ''],
    ['both', 'trades'],
  ],
  [
    ['run', '--resolutions', '1'],
    ['1s', '1m', '15m', '1h', '1d'],
  ],
  [['sample', '--faults', 'outage,lo'], ['outage,lost-trade']],
  [
    ['status', '--format', 'json'],
    ['json', 'jsonl'],
  ],
  [['inspect', 'ra'], ['raw']],
];

async function scriptOf(shell: string): Promise<string> {
  const { code, stdout, stderr } = await freshWorkdir().run(['completion', shell]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0;
}

test('a script of bash completes commands, options, words, lists and files', async () => {
  const script = await scriptOf('bash');
  const workdir = freshWorkdir();
  workdir.write('raw/BTCUSDT/x', '');
  workdir.write('flowbars.bash', script);
  const asks = OFFERS.map(([typed], index) => {
    const words = ['flowbars', ...typed].map((word) => `'${word}'`).join(' ');
    return `COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _flowbars; echo "${index} \${COMPREPLY[*]}"`;
  });
  const lines = ['set -u', 'source <(cat flowbars.bash)', ...asks, 'complete -p flowbars'];
  const bash = await workdir.spawn('bash', ['-c', lines.join('\n')]).result;
  expect(bash).toMatchObject({ code: 0, stderr: '' });
  const said = bash.stdout.trimEnd().split('\n');
  // Without an answer of its own, bash offers files.
  expect(said.pop()).toBe('complete -o default -F _flowbars flowbars');
  const expected = OFFERS.map(([, offered], index) => {
    const isFile = offered.includes('raw');
    return `${index} ${isFile ? '' : offered.join(' ')}`;
  });
  expect(said.map((line) => line.split(' ').toSorted().join(' '))).toEqual(
    expected.map((line) => line.split(' ').toSorted().join(' ')),
  );
});

describe.each([
  [
    'zsh',
    'autoload -Uz compinit; compinit -u -d zcompdump; source flowbars.zsh; print $_comps[flowbars]',
  ],
  ['fish', "source flowbars.fish; complete -C 'flowbars run --streams '"],
])('where it is installed, %s', (shell, lines) => {
  test('takes its script', async (context) => {
    if (!isInstalled(shell)) context.skip(`${shell} is not installed`);
    const script = await scriptOf(shell);
    const workdir = freshWorkdir();
    workdir.write(`flowbars.${shell}`, script);
    const told = await workdir.spawn(shell, ['-c', lines]).result;
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toMatch(shell === 'zsh' ? /^_flowbars\n/u : /^both\b[^]*^trades\b/mu);
  });
});

test.each(['bash', 'zsh', 'fish'])('the script of %s names every command and option', (shell) => {
  const script = completionScript(shell, commands);
  for (const { name, options } of commands) {
    expect(script).toContain(name);
    for (const { name: option } of options) expect(script).toContain(option);
  }
});
