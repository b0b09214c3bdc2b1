/** Which variables reach the Python that trains, and which of other commands do not. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakePython, withDataset, WORKS } from '../../support/learn/fake-python.js';
import { projectRoot } from '../../support/workdir.js';

const TRAIN = ['train', '--dataset', 'dataset', '--into', 'trained'];

test('what a person sets for another Python does not reach it, and it imports nothing from the current folder', async () => {
  const workdir = withDataset();
  const others = { PYTHONHOME: '/other', PYTHONIOENCODING: 'latin1', PYTHONPATH: '/other' };
  const env = { FLOWBARS_TRAIN_PYTHON: fakePython(workdir, WORKS), ...others };
  expect(await workdir.run(TRAIN, { env })).toMatchObject({ code: 0 });
  const asked = JSON.stringify(workdir.json('asked.json'));
  expect(asked).not.toMatch(/PYTHONHOME|PYTHONIOENCODING|\/other/u);
  expect(workdir.json('asked.json')).toMatchObject({
    env: { PYTHONSAFEPATH: '1', PYTHONUTF8: '1', PYTHONPATH: join(projectRoot, 'src') },
  });
});

test('the percent that flowbars dataset seals, as a variable, opens no sealed day', async () => {
  const workdir = withDataset();
  workdir.write('model/card.json', '{}');
  const args = ['evaluate', '--model', 'model', '--dataset', 'dataset', '--into', 'judged'];
  const program = { FLOWBARS_TRAIN_PYTHON: fakePython(workdir, WORKS) };
  for (const percent of ['1', '20']) {
    const ran = await workdir.run(args, { env: { ...program, FLOWBARS_SEALED: percent } });
    expect(ran).toMatchObject({ code: 0 });
    expect(workdir.json('asked.json')).toMatchObject({ request: { sealed: false } });
  }
});

test('variables of commands that compute, export or score reach no training', async () => {
  const workdir = withDataset();
  const others = { FLOWBARS_INTO: 'typed', FLOWBARS_SCORE_INTO: 'scores', FLOWBARS_THREADS: '8' };
  const own = { FLOWBARS_DATASET: 'dataset', FLOWBARS_TRAIN_INTO: 'trained' };
  const env = { ...others, ...own, FLOWBARS_TRAIN_PYTHON: fakePython(workdir, WORKS) };
  expect(await workdir.run(['train'], { env })).toMatchObject({ code: 0 });
  expect(workdir.json('asked.json')).toMatchObject({ request: { into: 'trained', threads: 1 } });
});
