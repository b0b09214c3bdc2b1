/** The only task of the final step runs in the process of the run, and ends as one of its own would. */
import { expect, test } from 'vitest';
import type { World } from '../../../src/cli/command/command.js';
import { taskRunner } from '../../../src/cli/compute/local-tasks.js';
import type { RunningTask } from '../../../src/jobs/drive/run-locally.js';
import { paperTerminal } from '../../support/readme/paper-terminal.js';

type RunHere = NonNullable<World['runHere']>;

interface Started {
  readonly task: RunningTask;
  readonly events: (readonly [name: string, fields: object])[];
}

function start(runHere: RunHere): Started {
  const events: (readonly [string, object])[] = [];
  const log = {
    event: (_severity: string, name: string, fields: object) => events.push([name, fields]),
  };
  const { world } = paperTerminal(100);
  const runner = taskRunner({ variables: { FLOWBARS_RUN_ID: 'r' }, threads: () => 1 }, 'r', log, {
    ...world,
    runHere,
  });
  const phase = { command: 'finalize', window: 1, count: 1 } as const;
  return { task: runner.start(phase, { index: 0, attempt: 2 }), events };
}

test('it gets its arguments from its own variables, and its lines become events', async () => {
  const { task, events } = start(async (args, { environment, stdout, stderr }) => {
    const { FLOWBARS_RUN_ID, FLOWBARS_WINDOW, CLOUD_RUN_TASK_ATTEMPT } = environment;
    const said = { FLOWBARS_RUN_ID, FLOWBARS_WINDOW, CLOUD_RUN_TASK_ATTEMPT };
    stdout.write(`${JSON.stringify({ severity: 'INFO', event: 'begun', args, ...said })}\n{"sev`);
    stdout.write('erity": "INFO", "event": "cut"}\n');
    stderr.write('a plain line\n');
    return 3;
  });
  expect(await task.ended).toEqual({ exitCode: 3, signal: undefined });
  const variables = { FLOWBARS_RUN_ID: 'r', FLOWBARS_WINDOW: '1', CLOUD_RUN_TASK_ATTEMPT: '2' };
  expect(events).toEqual([
    ['begun', { args: ['finalize'], ...variables }],
    ['cut', {}],
    ['task_output', { line: 'a plain line' }],
  ]);
});

test('it stops when it is told to', async () => {
  const { task } = start(async (_args, { stopped }) => ((await stopped) === 'SIGTERM' ? 143 : 0));
  task.stop();
  task.kill();
  expect(await task.ended).toEqual({ exitCode: 143, signal: undefined });
});

test('a bug in it ends with 70 and its stack', async () => {
  const { task, events } = start(() => Promise.reject(new TypeError('oh')));
  expect(await task.ended).toEqual({ exitCode: 70, signal: undefined });
  expect(events.map(([name]) => name)).toEqual(['bug']);
  expect(JSON.stringify(events)).toContain('TypeError: oh');
});

test('what no retry mends ends the run', async () => {
  const parts = { what: 'write', found: 'x', expected: 'y', where: 'z' };
  const { task } = start(async (_args, { stdout }) => {
    const line = { severity: 'ERROR', event: 'error', kind: 'blocked', ...parts };
    stdout.write(`${JSON.stringify(line)}\n`);
    return 3;
  });
  expect(await task.ended).toEqual({ exitCode: 3, signal: undefined, blocked: parts });
});
