/** The days between the first and the last manifest. */
import { expect, test } from 'vitest';
import { publishedWindow } from '../../../src/jobs/pattern/published-window.js';
import { openMemoryStore } from '../../support/memory-store.js';

test('manifests of days count, and nothing else does', async () => {
  const out = openMemoryStore();
  out.put('_manifest/runs/2025-12-01/summary.json', '{}');
  out.put('_manifest/2025-12-32.json', '{}');
  out.put('_manifest/2025-12-05.json.tmp', '{}');
  expect(await publishedWindow(out)).toBeUndefined();
  for (const date of ['2025-12-11', '2024-02-29', '2025-12-10']) {
    out.put(`_manifest/${date}.json`, '{}');
  }
  expect(await publishedWindow(out)).toEqual({ from: '2024-02-29', to: '2025-12-11' });
});
