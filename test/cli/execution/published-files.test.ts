/** What a rerun says of the files that were published before it. */
import { expect, test } from 'vitest';
import {
  publishedFiles,
  type PublishedFiles,
  sayCompared,
} from '../../../src/cli/execution/published-files.js';
import { storedJson } from '../../../src/core/stored/json-shape.js';
import type { ListedFile } from '../../../src/core/stored/manifest.js';
import { SMALL_DAY } from '../../support/day/aggregating.js';
import { finalize, manifest, MANIFEST, storeWith } from '../../support/day/finalizing.js';
import { madeUpArtifact } from '../../support/day/made-up-artifact.js';
import type { MemoryStore } from '../../support/memory-store.js';

/** The manifest of two bar files, and of these texts as a patterns file and a scoreboard. */
async function published(patterns: string, scoreboard: string): Promise<PublishedFiles> {
  const out = storeWith([{}]);
  await finalize(out);
  const further = [
    madeUpArtifact({ kind: 'patterns', resolution: null, format: 'csv' }, patterns),
    madeUpArtifact({ kind: 'scoreboard', resolution: null, format: 'json' }, scoreboard),
  ];
  list(
    out,
    further.map((artifact) => ({ ...artifact, generation: null })),
  );
  return await publishedFiles(SMALL_DAY, out);
}

function list(out: MemoryStore, further: readonly ListedFile[]): void {
  const stored = manifest(out);
  const symbols = stored.symbols.map((entry) => {
    if (entry.published === null) throw new Error('nothing is published');
    const { files } = entry.published;
    return { ...entry, published: { ...entry.published, files: [...further, ...files] } };
  });
  out.put(MANIFEST, storedJson({ ...stored, symbols }));
}

function said(before: PublishedFiles, after: PublishedFiles): string {
  let text = '';
  const stderr = {
    isTty: false,
    columns: () => 80,
    rows: () => 24,
    write: (written: string) => {
      text += written;
    },
    paint: (_style: string, painted: string) => painted,
    redraw: () => undefined,
  };
  sayCompared(before, after, { stderr });
  return text;
}

test('a rerun counts files of every kind, without the report', async () => {
  const before = await published('events', 'scores');
  expect([...before.keys()].toSorted()).toEqual([
    'BTCUSDT/2025-12-11_1h.csv',
    'BTCUSDT/2025-12-11_6h.csv',
    'BTCUSDT/2025-12-11_patterns.csv',
    'BTCUSDT/2025-12-11_scoreboard.json',
  ]);
  expect(said(before, before)).toBe('unchanged files: 4 of 4\n');
  expect(said(before, await published('events', 'others'))).toBe('unchanged files: 3 of 4\n');
  expect(said(before, new Map())).toBe('unchanged files: 0 of 4\n');
  expect(said(new Map(), before)).toBe('');
});
