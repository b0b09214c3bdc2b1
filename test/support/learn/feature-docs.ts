/** The table of features as docs/DATASET.md prints it: a row for each family, made from the table of the code. */
import { FEATURES } from '../../../src/core/feature/features.js';
import { DIRECTIONS, PATTERNS } from '../../../src/core/column/pattern-table.js';

const HEADER = [
  '| columns | unit | formula, over the w minutes that end with minute t | null where |',
];

interface Row {
  readonly names: readonly string[];
  readonly cells: readonly string[];
}

/** The lines of the table, its header first. */
export function featureLines(): string[] {
  const rows = new Map<string, Row>();
  for (const { name, windowMinutes, unit, formula, nullRule } of FEATURES) {
    const words = DIRECTIONS.flatMap((way) => PATTERNS.map((pattern) => [pattern, way] as const));
    const event = words.find(([pattern, way]) => name.startsWith(`events_${pattern}_${way}_`));
    const family =
      event === undefined ? name.replace(/_\d+m$/u, '') : 'events_{pattern}_{direction}';
    const said =
      event === undefined
        ? formula
        : formula.replace(event.join(' '), 'of the pattern in the direction');
    const isWindowed = windowMinutes !== null && name.endsWith(`_${windowMinutes}m`);
    const key = [isWindowed ? family : name, unit, said, nullRule].join('|');
    const window = isWindowed ? `${windowMinutes}` : '';
    const before = rows.get(key)?.names ?? [];
    const names = before.includes(window) ? before : [...before, window];
    rows.set(key, { names, cells: key.split('|') });
  }
  const lines = Array.from(rows.values(), ({ names, cells: [name = '', ...rest] }) => {
    const column = names[0] === '' ? name : `${name}_{${names.join(',')}}m`;
    return `| \`${column}\` | ${rest.join(' | ')} |`;
  });
  return [...HEADER, '| --- | --- | --- | --- |', ...lines];
}
