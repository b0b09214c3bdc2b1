/** The command that makes the Python environment, beside a program in place of Python. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshWorkdir, projectRoot } from '../support/workdir.js';

test('what a person sets for another Python reaches neither venv nor pip', () => {
  const workdir = freshWorkdir();
  for (const name of ['setup.mjs', 'requirements.txt']) {
    workdir.write(
      `package/src/train/${name}`,
      readFileSync(join(projectRoot, 'src/train', name), 'utf8'),
    );
  }
  const log = workdir.path('log');
  workdir.write(
    'python',
    `#!/bin/sh
if [ "$1" = --version ]; then echo Python 3.11.0; exit; fi
echo "$2 $PYTHONHOME$PYTHONPATH $PYTHONSAFEPATH" >> '${log}'
[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python3"
exit 0
`,
  );
  chmodSync(workdir.path('python'), 0o755);
  const { status, stderr } = spawnSync(
    process.execPath,
    [workdir.path('package/src/train/setup.mjs')],
    {
      encoding: 'utf8',
      cwd: workdir.root,
      env: {
        ...process.env,
        FLOWBARS_PYTHON: workdir.path('python'),
        PYTHONHOME: '/other',
        PYTHONPATH: '/other',
      },
    },
  );
  expect([status, stderr]).toEqual([0, '']);
  expect(workdir.text('log')).toBe('venv  1\npip  1\n');
  expect(workdir.exists('package/.tools/train/installed.json')).toBe(true);
});
