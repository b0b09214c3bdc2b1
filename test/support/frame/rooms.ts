/**
 * The rooms of the house: which folder inside core may import which, that rooms of a layer form no
 * circle, and that no folder has too many files.
 */
import { dirname } from 'node:path';
import type { Rule } from './house-rules.js';
import { importsOf, PORTS, type SourceFile } from './source-tree.js';

export const FILES_PER_FOLDER_MAX = 15;

/** Rooms inside core, cellar first. A room imports itself and the rooms named behind it. */
export const CORE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  unit: [],
  column: ['unit'],
  shape: ['unit'],
  event: ['unit'],
  rule: ['unit', 'shape'],
  finding: ['unit', 'shape'],
  stored: ['unit', 'shape', 'rule', 'finding'],
  frame: ['unit', 'rule'],
  sidecar: ['unit', 'shape'],
  feed: ['unit', 'rule', 'frame'],
  spool: ['unit', 'shape', 'rule', 'frame', 'sidecar', 'feed'],
  plan: ['unit', 'shape', 'rule', 'stored'],
  decode: ['unit', 'event', 'rule', 'stored'],
  import: ['unit', 'rule', 'frame', 'decode'],
  row: ['unit', 'event', 'stored', 'decode'],
  fold: ['unit', 'event', 'row'],
  grid: ['unit', 'event'],
  bar: ['unit', 'event', 'fold', 'grid'],
  flow: ['unit', 'event', 'fold', 'grid'],
  book: ['unit', 'event', 'fold', 'grid'],
  joint: ['unit', 'event', 'stored', 'fold'],
  step: ['unit', 'event', 'fold', 'grid'],
  evidence: ['unit', 'event', 'rule', 'stored', 'sidecar', 'decode', 'row'],
  gap: ['unit', 'column', 'grid', 'evidence'],
  encode: ['unit', 'column', 'event', 'grid', 'bar', 'flow', 'book', 'step', 'gap'],
  check: ['unit', 'column', 'event', 'rule', 'finding', 'stored'],
  across: ['unit', 'column', 'event', 'finding', 'stored', 'check'],
  series: ['unit', 'column', 'event', 'check'],
  pattern: ['unit', 'column', 'encode', 'check', 'series'],
  score: ['unit', 'column', 'shape', 'stored', 'pattern'],
  typed: ['unit', 'column', 'shape', 'event', 'rule', 'stored', 'check', 'score'],
  minute: ['unit', 'column', 'event', 'rule', 'check', 'series', 'pattern', 'typed'],
  feature: ['unit', 'column', 'minute'],
  label: ['unit', 'minute'],
  split: ['unit'],
  dataset: [
    'unit',
    'column',
    'shape',
    'rule',
    'stored',
    'typed',
    'minute',
    'feature',
    'label',
    'split',
  ],
  page: [],
  forest: ['unit', 'shape'],
  learned: ['unit', 'shape', 'page'],
  pass: [
    'unit',
    'event',
    'rule',
    'finding',
    'stored',
    'plan',
    'decode',
    'row',
    'fold',
    'grid',
    'bar',
    'flow',
    'book',
    'joint',
    'step',
    'evidence',
  ],
  day: ['unit', 'shape', 'rule', 'finding', 'stored', 'sidecar', 'row', 'pass', 'evidence'],
  cost: ['unit', 'shape', 'rule', 'stored', 'plan'],
  run: ['unit', 'shape', 'rule', 'finding', 'stored', 'cost'],
  stale: ['unit', 'rule', 'stored', 'plan'],
  repair: ['unit', 'shape', 'column', 'rule', 'check'],
  calendar: ['unit', 'shape', 'rule', 'finding', 'stored', 'run', 'stale'],
  inspect: [
    'unit',
    'column',
    'event',
    'rule',
    'finding',
    'stored',
    'decode',
    'row',
    'check',
    'evidence',
    'score',
  ],
  klines: [
    'unit',
    'column',
    'rule',
    'finding',
    'stored',
    'plan',
    'check',
    'across',
    'inspect',
    'page',
  ],
  recorded: ['unit', 'shape', 'rule'],
  trace: ['unit', 'event', 'rule', 'stored', 'plan', 'decode', 'fold', 'flow', 'step', 'pass'],
  explain: [
    'unit',
    'shape',
    'column',
    'rule',
    'stored',
    'plan',
    'pass',
    'evidence',
    'gap',
    'encode',
    'score',
    'trace',
  ],
  market: ['unit'],
  sample: ['unit', 'column', 'rule', 'market'],
  told: ['unit', 'explain', 'page'],
  site: ['unit', 'shape', 'rule', 'finding', 'stored', 'calendar', 'page'],
  view: ['unit', 'column', 'shape', 'finding', 'stored', 'pattern', 'score', 'page'],
  analyst: [
    'unit',
    'shape',
    'column',
    'rule',
    'finding',
    'stored',
    'pattern',
    'score',
    'learned',
    'page',
  ],
};

/** The `bar` of `src/core/bar/fold.ts`; undefined outside core. */
function coreRoomOf(path: string): string | undefined {
  const [, room] = /^src\/core\/([^/]+)\//u.exec(path) ?? [];
  return room;
}

export const forbiddenRooms: Rule = (file) => {
  const from = coreRoomOf(file.path);
  if (from === undefined) return [];
  const may = CORE_ROOMS[from];
  if (may === undefined) return [`${file.path}: core has no room '${from}'`];
  return importsOf(file).flatMap(({ place, target }) => {
    const to = coreRoomOf(target);
    if (to === undefined || to === from || may.includes(to)) return [];
    return [`${place} imports ${target}: core/${from} may import ${may.join(', ')}`];
  });
};

/** Names behind a door and the files that may use them, so that every reader of a report checks its seal. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  'src/core/stored/report-seal.ts': [
    'src/core/day/build-report.ts',
    'src/core/inspect/inspect-stored-json.ts',
    'src/jobs/stored/read-report.ts',
  ],
};

/** Only the door reads a stored report: other files pass it their guards and do not call them. */
export const doors: Rule = (file) => [
  ...importsOf(file).flatMap(({ place, target }) =>
    DOORS[target]?.includes(file.path) === false
      ? [`${place} imports ${target}: jobs/stored/read-report reads a stored report`]
      : [],
  ),
  ...(/parseStored\([^;]*is(?:Published|Recorded)Report/su.test(file.text)
    ? [`${file.path} parses a report past its seal: jobs/stored/read-report reads it`]
    : []),
];

/** Rooms that import each other in a circle, each circle as `a → b → a`; types count. */
export function circles(files: readonly SourceFile[]): string[] {
  const targets = new Map<string, Set<string>>();
  for (const file of files) {
    const from = dirname(file.path);
    const known = targets.get(from) ?? new Set<string>();
    targets.set(from, known);
    for (const { target } of importsOf(file)) {
      const to = dirname(target);
      if (target.startsWith('src/') && to !== from && !isPorts(target)) known.add(to);
    }
  }
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (room: string, path: readonly string[]): void => {
    if (path.includes(room)) found.push([...path.slice(path.indexOf(room)), room].join(' → '));
    if (path.includes(room) || finished.has(room)) return;
    for (const next of targets.get(room) ?? []) visit(next, [...path, room]);
    finished.add(room);
  };
  for (const room of targets.keys()) visit(room, []);
  return found;
}

/** The seams belong to no room: the rim imports their types. */
function isPorts(target: string): boolean {
  return PORTS.includes(target);
}

/** `paths` are those of all files of a tree. */
export function crowdedFolders(paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > FILES_PER_FOLDER_MAX)
    .map(
      ([folder, count]) => `${folder} holds ${count} files: make rooms of ${FILES_PER_FOLDER_MAX}`,
    );
}
