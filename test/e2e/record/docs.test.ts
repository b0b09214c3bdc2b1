/** Runs the commands that docs/RECORD.md shows, for seconds in place of minutes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startExchange } from '../../support/record/exchange-session.js';
import { freshWorkdir, projectRoot } from '../../support/workdir.js';

test('the commands of docs/RECORD.md do what the page says', async () => {
  const page = readFileSync(join(projectRoot, 'docs/RECORD.md'), 'utf8');
  const shown = [...page.matchAll(/^```sh\n(.*?)^```$/gmsu)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
  expect(shown.map((line) => line.split(' ')[1])).toEqual(['record', 'ls']);
  const [workdir, exchange] = [freshWorkdir(), await startExchange()];
  for (const line of shown) {
    const args = line.replace('--for 10m', '--for 4s').split(' ').slice(1);
    const { code, stderr } = await workdir.run(args, {
      env: { FLOWBARS_ENDPOINT: exchange.endpoint },
    });
    expect(code, stderr).toBe(0);
  }
  expect(
    workdir.files('raw').filter((name) => name.endsWith('.csv.gz')).length,
  ).toBeGreaterThanOrEqual(4);
});
