/** `flowbars train` and `evaluate` beside a program that speaks, or breaks, the protocol of Python. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJson } from '../../../src/core/unit/json.js';
import { fakePython, withDataset, WORKS } from '../../support/learn/fake-python.js';
import { MADE_EVALUATION } from '../../support/learn/made-evaluation.js';
import { projectRoot, type RunResult, type Workdir } from '../../support/workdir.js';

const TRAIN = ['train', '--dataset', 'dataset', '--into', 'trained'];

async function train(workdir: Workdir, work: string, ...args: string[]): Promise<RunResult> {
  return await workdir.run([...TRAIN, ...args], {
    env: { FLOWBARS_TRAIN_PYTHON: fakePython(workdir, work), FLOWBARS_SECRET: 'x', OTHER: 'y' },
  });
}

test('a training is asked for in one document, and its evaluation, page and verdict are shown', async () => {
  const workdir = withDataset();
  const ran = await train(
    workdir,
    WORKS,
    '--costs-bps',
    '2.5,10',
    '--threads',
    '2',
    '--format',
    'table',
  );
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^lightgbm +−0\.09 %/mu);
  expect(ran.stdout.trimEnd().split('\n').slice(-2)).toEqual([
    'done (exit code 0): no skill shown by 4 models; 1 model not judged',
    'page: trained/report.html',
  ]);
  expect(workdir.text('trained/report.html')).toContain('flowbars train');
  expect(workdir.json('asked.json')).toMatchObject({
    request: {
      command: 'train',
      dataset: 'dataset',
      into: 'trained',
      models: ['lightgbm', 'xgboost', 'logistic', 'last_sign', 'constant'],
      threads: 2,
      seed: 1,
      placebos: 'full',
      costs_bps: [2.5, 10],
      sealed: false,
      model_dir: null,
      foundation: null,
    },
    args: ['-m', 'train'],
    env: { OTHER: 'y', OMP_WAIT_POLICY: 'PASSIVE', OMP_NUM_THREADS: '2', PYTHONHASHSEED: '0' },
  });
  expect(JSON.stringify(workdir.json('asked.json'))).not.toContain('FLOWBARS_');
});

test('the sealed days come next for a model that has shown skill, and for no other', async () => {
  const [first, ...others] = MADE_EVALUATION.models;
  if (first === undefined) throw new Error('no model');
  const skilled = { ...first, verdict: { ...first.verdict, skill: true } };
  const evaluation = { ...MADE_EVALUATION, models: [skilled, ...others] };
  const work = `write(${JSON.stringify(JSON.stringify(evaluation))});
    say({ event: 'result', exit_code: 0 });`;
  const ran = await train(withDataset(), work, '--format', 'table');
  expect(ran.stdout.trimEnd().split('\n').at(-1)).toBe(
    `next, once and for all: flowbars evaluate --model trained/${first.name} --dataset dataset --sealed --into sealed`,
  );
  expect(ran.stdout).toMatch(/sealed days +not opened$/mu);
  const none = await train(withDataset(), WORKS, '--format', 'table');
  expect(none.stdout).not.toContain('flowbars evaluate');
  expect(none.stdout).toContain('No skill shown is no error: it is the usual answer.');
});

test('the document is printed whole, and a training is repeated into its own folder', async () => {
  const workdir = withDataset();
  const first = await train(workdir, WORKS);
  expect(readJson(first.stdout)).toEqual(MADE_EVALUATION);
  expect(first.stderr).toMatch(/^done \(exit code 0\): no skill shown/u);
  const again = await train(workdir, WORKS);
  expect(again).toMatchObject({ code: 0, stdout: first.stdout });
});

test('a foundation model and its day are passed on', async () => {
  const workdir = withDataset();
  const ran = await train(
    workdir,
    WORKS,
    '--models',
    'none',
    '--model',
    'chronos-bolt:models/tiny',
    '--weights-date',
    '2024-11-26',
  );
  expect(ran.code).toBe(0);
  expect(workdir.json('asked.json')).toMatchObject({
    request: {
      models: [],
      foundation: { kind: 'chronos-bolt', source: 'models/tiny', weights_date: '2024-11-26' },
    },
  });
});

test('an evaluation names the model and whether sealed days are opened', async () => {
  const workdir = withDataset();
  workdir.write('model/card.json', '{}');
  const python = fakePython(workdir, WORKS);
  const evaluate = ['evaluate', '--model', 'model', '--dataset', 'dataset', '--into', 'judged'];
  const ran = await workdir.run([...evaluate, '--python', python, '--sealed']);
  expect(ran.code).toBe(0);
  expect(workdir.json('asked.json')).toMatchObject({
    request: { command: 'evaluate', model_dir: 'model', sealed: true, again: false, models: [] },
  });
  expect(workdir.text('judged/report.html')).toContain('flowbars evaluate');
  const idle = await workdir.run([...evaluate, '--python', python, '--again']);
  expect(idle).toMatchObject({
    code: 2,
    stderr: 'error: --again option: found it without --sealed, expected both, or neither\n',
  });
});

test.for([
  ['usage', 2],
  ['data', 1],
  ['world', 3],
])('an error of Python of kind %s ends with %i', async ([kind, code]) => {
  const workdir = withDataset();
  const parts = { what: 'rows', found: '3', expected: 'at least 200', where: 'dataset/card.json' };
  const error = JSON.stringify({ event: 'error', kind, ...parts });
  const ran = await train(workdir, `say(${error}); process.exitCode = 1;`);
  expect(ran).toMatchObject({
    code,
    stdout: '',
    stderr: 'error: dataset/card.json rows: found 3, expected at least 200\n',
  });
  expect(workdir.files('trained')).toEqual([]);
});

test.for<readonly [string, string, RegExp]>([
  [
    'ends early',
    'console.error("no module named train"); process.exit(1)',
    /found exit code 1, and it said: no module named train, expected a result/u,
  ],
  [
    'ends without a result',
    'say({ event: "progress", done: 1, total: 1, what: "" })',
    /found exit code 0, expected a result/u,
  ],
  [
    'says a result and fails',
    'say({ event: "result", exit_code: 0 }); process.exitCode = 1',
    /found exit code 1, expected/u,
  ],
  ['is killed', 'process.kill(process.pid, "SIGKILL")', /found SIGKILL, expected a result/u],
  [
    'says garbage only',
    'console.log("{\\"event\\":\\"result\\"}\\nTraceback")',
    /said: \{"event":"result"\} ⏎ Traceback, expected/u,
  ],
  [
    'writes nothing',
    'say({ event: "result", exit_code: 0 })',
    /trained\/evaluation\.json evaluation: found nothing/u,
  ],
  [
    'writes another shape',
    'write("{}"); say({ event: "result", exit_code: 0 })',
    /evaluation: found another shape/u,
  ],
])('a Python that %s is an error that says so', async ([, work, message]) => {
  const ran = await train(withDataset(), work);
  expect(ran.stderr).toMatch(message);
  expect(ran.code).toBe(/evaluation/u.test(message.source) ? 1 : 3);
});

test('lines that are no events are shown and disturb nothing', async () => {
  const workdir = withDataset();
  const ran = await train(workdir, `console.log('[LightGBM] [Warning] odd'); ${WORKS}`);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('fake-python: [LightGBM] [Warning] odd\n');
});

test.for(['SIGINT', 'SIGTERM'] as const)(
  '%s ends Python first, and nothing is left behind',
  async (signal) => {
    const workdir = withDataset();
    const work = `
    process.on('SIGTERM', () => { console.error('ended'); process.exit(143); });
    say({ event: 'progress', done: 1, total: 2, what: 'fold' });
    setInterval(() => undefined, 1_000);
    writeFileSync(${JSON.stringify(workdir.path('started'))}, '');
  `;
    const env = { FLOWBARS_TRAIN_PYTHON: fakePython(workdir, work) };
    const { child, result } = workdir.start(TRAIN, { env });
    await expect.poll(() => workdir.exists('started'), { timeout: 20_000 }).toBe(true);
    child.kill(signal);
    const ran = await result;
    expect(ran.code).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(ran.stderr).toContain(signal);
    expect(workdir.files('trained')).toEqual([]);
  },
);

test.for<readonly [readonly string[], string]>([
  [
    ['--dataset', 'nowhere'],
    "--dataset folder: found 'nowhere' without card.json, expected the folder that flowbars dataset wrote",
  ],
  [
    ['--dataset', 'gs://b/d'],
    "--dataset folder: found 'gs://b/d', expected a folder of this machine: copy what is in a bucket to one",
  ],
  [
    ['--into', 'dataset/models'],
    "--into folder: found 'dataset/models' with dataset 'dataset', expected two folders, neither inside the other",
  ],
  [
    ['--into', 'full'],
    "--into folder: found 'full', which holds mine.txt, expected a new or an empty folder",
  ],
  [['--models', 'none'], '--models models: found none, expected some, or --model'],
  [
    ['--weights-date', '2024-11-26'],
    "--weights-date day: found '2024-11-26', expected none without --model",
  ],
  [
    ['--model', 'chronos-bold:x'],
    "--model foundation model: found 'chronos-bold:x', expected a kind and a folder or hub id, such as chronos-bolt:models/bolt-tiny",
  ],
  [
    ['--model', 'chronos-bolt'],
    "--model foundation model: found 'chronos-bolt', expected a kind and a folder",
  ],
  [
    ['--costs-bps', '4,4'],
    "--costs-bps costs: found '4,4', expected at most 10 numbers, each once",
  ],
  [['--costs-bps', '1,2,3,4,5,6,7,8,9,10,11'], "--costs-bps costs: found '1,2,3"],
  [['--costs-bps', '1001'], '--costs-bps'],
  [['--seed', '1000000001'], '--seed'],
  [
    ['--python', 'no-such-python'],
    'no-such-python training process: found no start, and it said: spawn no-such-python ENOENT',
  ],
])('refuses %j', async ([args, message]) => {
  const workdir = withDataset();
  workdir.write('full/mine.txt', '');
  const named = new Map([
    ['--dataset', 'dataset'],
    ['--into', 'trained'],
    ['--python', fakePython(workdir, WORKS)],
  ]);
  for (let at = 0; at < args.length; at += 2) named.set(args[at] ?? '', args[at + 1] ?? '');
  const ran = await workdir.run(['train', ...[...named].flat()]);
  expect(ran.stderr).toContain(`error: ${message}`);
  expect(ran.code).toBe(args[0] === '--python' ? 3 : 2);
  expect(workdir.exists('asked.json')).toBe(false);
});

test.skipIf(existsSync(join(projectRoot, '.tools/train/installed.json')))(
  'without the environment of Python it says how to make it',
  async () => {
    const ran = await withDataset().run(TRAIN);
    expect(ran).toMatchObject({
      code: 2,
      stderr: `error: ${join(projectRoot, '.tools/train')} Python: found none, expected an environment: node ${join(projectRoot, 'src/train/setup.mjs')} makes it; --python names another one\n`,
    });
  },
);
