/** What `flowbars repair` leaves alone and what it refuses: a tiny recording, published once. */
import { beforeEach, expect, test } from 'vitest';
import {
  optionArgs,
  type Options,
  runExpecting,
  tinyRunArgs,
} from '../support/e2e/run-flowbars.js';
import { fileStates } from '../support/e2e/stored-files.js';
import { chunkName, TINY_DATE, tinyRecording, writeChunks } from '../support/e2e/tiny-recording.js';
import { freshWorkdir, type RunResult, type Workdir } from '../support/workdir.js';

let workdir: Workdir;

beforeEach(async () => {
  workdir = freshWorkdir();
  writeChunks(workdir, 'raw', tinyRecording('AAAUSDT'));
  await runExpecting(workdir, 0, tinyRunArgs({ symbols: 'AAAUSDT' }));
});

async function repair(options: Options = {}): Promise<RunResult> {
  const day = { from: TINY_DATE, to: TINY_DATE };
  return await workdir.run([
    'repair',
    ...optionArgs({ raw: 'raw', out: 'out', ...day, ...options }),
  ]);
}

test('a damaged file is named where raw objects are gone, and left as it is', async () => {
  workdir.remove(`raw/${chunkName('trades', '00-00', 'AAAUSDT')}`);
  const bars = workdir.files().find((name) => /^out\/AAAUSDT\/.*\.csv$/u.test(name)) ?? '';
  workdir.write(bars, 'x');
  const states = fileStates(workdir);
  const { stdout } = await repair();
  expect(JSON.parse(stdout)).toMatchObject({
    stale: 0,
    left: [
      {
        symbol: 'AAAUSDT',
        date: TINY_DATE,
        detail:
          `${bars.slice('out/'.length)} differs from the quality report; ` +
          '1 raw object gone since publication, none added',
      },
    ],
  });
  expect(fileStates(workdir)).toEqual(states);
});

test.for([undefined, true] as const)(
  'a symbol that nothing knows is refused, with --missing %s',
  async (missing) => {
    const result = await repair({ symbols: 'AAAUSD', missing });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(
      "--symbols symbol: found 'AAAUSD', which is in no manifest from",
    );
    expect(result.stderr).toContain("expected 'AAAUSDT'");
  },
);
