/** Refuses a temporary folder inside a root, before a repair keeps copies there. */
import { join } from 'node:path';
import { refuse } from '../../core/unit/typed-text.js';
import { keptPlace } from '../../edge/local/kept-files.js';
import { rootsOverlap } from '../../edge/store-root.js';
import type { Roots } from '../compute/request.js';
import { outOption, rawOption } from '../option/options.js';

/** Copies must not lie among the chunks or the bars. */
export function refuseKeptInRoots(roots: Roots): void {
  const place = keptPlace();
  for (const [{ name }, { root: uri }] of [
    [rawOption, roots.raw],
    [outOption, roots.out],
  ] as const) {
    if (!rootsOverlap(uri, join(place, '.flowbars-kept'))) continue;
    const found = `'${place}', inside --${name} '${uri}'`;
    refuse('TMPDIR', 'temporary folder', found, 'a folder outside of both roots');
  }
}
