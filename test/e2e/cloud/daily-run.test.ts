/** Runs as a schedule starts them, on the local cloud: dates, symbols, windows and the summary. */
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { objectJson } from '../../support/cloud/bucket.js';
import { jobsOf, startServices } from '../../support/cloud/local/local-cloud.js';
import { tinyDayChunk } from '../../support/cloud/tiny-days.js';
import { expectSchema } from '../../support/schema/schemas.js';

const services = await startServices();
const DAYS = ['2024-05-06', '2024-05-07', '2024-05-08', '2024-05-09'];

describe.skipIf(!services.areThere)('an execution without arguments', () => {
  test('takes yesterday and the folders of the raw root', async () => {
    const cloud = await services.fresh({ now: '2024-05-07T00:20:00Z', areProcesses: true });
    await cloud.record(['AUSDT', 'BUSDT'], ['2024-05-06']);
    const ended = await cloud.runWell({});
    expect(ended.result).toMatchObject({
      run_id: ended.id,
      good: true,
      symbol_days: 2,
      outcomes: { published: 2 },
      arguments: { from: '2024-05-06', to: '2024-05-06', symbols: ['AUSDT', 'BUSDT'] },
    });
    expectSchema('summary', JSON.stringify(ended.result));
    expect(jobsOf(cloud)).toEqual([
      'plan 1',
      'task 2 of window 1',
      'finalize 1 of window 1',
      'summarize 1',
    ]);
    expect(await cloud.manifest('2024-05-06')).toEqual({ AUSDT: 'partial', BUSDT: 'partial' });
    expect(ended.result).toEqual(
      await objectJson(cloud.gcs, cloud.out, `agg/_manifest/runs/${ended.id}/summary.json`),
    );
  });

  test('keeps its yesterday when it starts a second before midnight', async () => {
    const cloud = await services.fresh({ now: '2024-05-07T23:59:59Z' });
    await cloud.record(['AUSDT'], ['2024-05-06', '2024-05-07']);
    const ended = await cloud.runWell({});
    expect(new Date(cloud.nowMs()).toISOString()).toMatch(/^2024-05-08T00:00/);
    expect(ended.result).toMatchObject({ arguments: { from: '2024-05-06', to: '2024-05-06' } });
  });

  test('takes the list of the deployment before the folders', async () => {
    const cloud = await services.fresh({ now: '2024-05-07T00:20:00Z' });
    await cloud.record(['AUSDT', 'BUSDT'], ['2024-05-06']);
    await cloud.put(cloud.out, 'agg/_symbols.json', '["BUSDT"]');
    const ended = await cloud.runWell({});
    expect(ended.result).toMatchObject({ symbol_days: 1, arguments: { symbols: ['BUSDT'] } });
    const all = await cloud.runWell({ symbols: 'all' });
    expect(all.result).toMatchObject({ outcomes: { published: 1, unchanged: 1 } });
  });

  test.for(['map', 'string', 'bytes'] as const)(
    'reads a list and a summary that come as a %s',
    async (mediaJson) => {
      const forms = { mediaJson, jobsRunResult: 'wrapped' as const };
      const cloud = await services.fresh({ now: '2024-05-07T00:20:00Z', forms });
      await cloud.record(['AUSDT'], ['2024-05-06']);
      await cloud.put(cloud.out, 'agg/_symbols.json', '["AUSDT"]');
      const { result } = await cloud.runWell({});
      expect(result).toMatchObject({ good: true, outcomes: { published: 1 } });
    },
  );

  test('allows no data for a symbol found in the raw root, but not for a named one', async () => {
    const cloud = await services.fresh({ now: '2024-05-07T00:20:00Z' });
    await cloud.record(['AUSDT'], ['2024-05-06']);
    await cloud.record(['NEWUSDT'], ['2024-05-07']);
    const found = await cloud.runWell({});
    expect(found.result).toMatchObject({ good: true, statuses: { partial: 1, empty: 1 } });
    const named = await cloud.run({ symbols: ['AUSDT', 'NEWUSDT'] });
    expect(named.state).toBe('FAILED');
    expect(named.message).toContain(
      `run ${named.id} is not good. Worst symbol-days: NEWUSDT 2024-05-06 empty`,
    );
    // The partial symbol-day is good: only the summary mentions it.
    expect(named.message).not.toContain('AUSDT');
    expect(named.message).toContain(
      `. Read the rest in gs://${cloud.out}/agg/_manifest/runs/${named.id}/summary.json`,
    );
  });
});

test.skipIf(!services.areThere)('an execution that runs shows its phase', async () => {
  const cloud = await services.fresh({ now: '2024-05-07T00:20:00Z' });
  await cloud.record(['AUSDT'], ['2024-05-06']);
  const shown: unknown[] = [];
  const look = async (command: string): Promise<void> => {
    const answer = await request(`${cloud.executionsUrl}?view=FULL`);
    shown.push([command, await answer.body.json()]);
  };
  cloud.cloudRun.faults.taskFault = ({ command }) => ({ kind: 'wait', until: look(command) });
  await cloud.runWell({});
  expect(shown).toMatchObject([
    ['plan', activeIn('plan')],
    ['task', activeIn('aggregate')],
    ['finalize', activeIn('finalize')],
    ['summarize', activeIn('summarize')],
  ]);
});

function activeIn(step: string): unknown {
  const status = { currentSteps: [{ routine: 'main', step }] };
  return { executions: [{ state: 'ACTIVE', status }] };
}

describe.skipIf(!services.areThere)('an execution over several days', () => {
  test('publishes three days of three symbols', async () => {
    const cloud = await services.fresh();
    const symbols = ['AUSDT', 'BUSDT', 'CUSDT'];
    const dates = DAYS.slice(0, 3);
    await cloud.record(symbols, dates);
    const ended = await cloud.runWell({
      start_date: '2024-05-06',
      end_date: '2024-05-08',
      symbols: symbols.join(', '),
      resolutions: ['1m', '1h'],
    });
    expect(ended.result).toMatchObject({ symbol_days: 9, outcomes: { published: 9 } });
    for (const date of dates) {
      expect(Object.keys(await cloud.manifest(date))).toEqual(symbols);
    }
    const names = [...(await cloud.generations()).keys()];
    expect(names.filter((name) => name.endsWith('_1h.csv'))).toHaveLength(9);
    expect(jobsOf(cloud).map((job) => job.split(' ').slice(0, 2))).toEqual([
      ['plan', '1'],
      ['task', '3'],
      ['finalize', '3'],
      ['summarize', '1'],
    ]);
  });

  test('works window by window, and summarizes all of them', async () => {
    const cloud = await services.fresh();
    await cloud.record(['AUSDT'], DAYS.slice(0, 3));
    const ended = await cloud.runWell({
      start_date: '2024-05-06',
      end_date: '2024-05-08',
      window_days: 2,
    });
    expect(ended.result).toMatchObject({ symbol_days: 3, outcomes: { published: 3 } });
    expect(jobsOf(cloud)).toEqual([
      'plan 1',
      'task 1 of window 1',
      'finalize 2 of window 1',
      'task 1 of window 2',
      'finalize 1 of window 2',
      'summarize 1',
    ]);
  });

  test('looks back, and computes only the day with a late chunk', async () => {
    const cloud = await services.fresh({ now: '2024-05-10T00:20:00Z' });
    await cloud.record(['AUSDT'], DAYS);
    const first = await cloud.runWell({ start_date: '2024-05-06', end_date: '2024-05-09' });
    expect(first.result).toMatchObject({ outcomes: { published: 4 } });
    const before = await cloud.generations();
    const late = tinyDayChunk('trades', '2024-05-07', 720);
    await cloud.put(cloud.raw, 'raw/AUSDT/trades/2024-05-07/12-00.csv', late);
    const again = await cloud.runWell({ lookback_days: 3 });
    expect(again.result).toMatchObject({
      arguments: { from: '2024-05-06', to: '2024-05-09' },
      outcomes: { published: 1, unchanged: 3 },
    });
    const changed = [...(await cloud.generations())].flatMap(([name, generation]) =>
      before.has(name) && before.get(name) !== generation ? [name] : [],
    );
    expect(changed).toEqual([
      'agg/AUSDT/2024-05-07_1m.csv',
      'agg/AUSDT/2024-05-07_quality.json',
      'agg/_manifest/2024-05-07.json',
    ]);
  });
});
