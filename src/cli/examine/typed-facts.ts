/** What `flowbars inspect` shows of a Parquet file. */
import type { TypedInspection } from '../../core/inspect/inspection.js';
import { formatCount, formatCounted } from '../screen/figures.js';
import type { Fact } from '../screen/page.js';

/** Said in the first line. */
const SAID = ['kind', 'resolution', 'symbol'];

/** `1s bars of BTCUSDT as parquet`. */
export function typedWords({ metadata }: TypedInspection): string {
  const { kind = 'rows', resolution, symbol = 'unknown' } = metadata;
  const words = resolution === undefined ? kind : `${resolution} ${kind}`;
  return `${words} of ${symbol} as parquet`;
}

export function typedFacts(inspection: TypedInspection): Fact[] {
  const { metadata, rows, row_groups: groups, columns } = inspection;
  const width = Math.max(0, ...columns.map(({ name }) => name.length));
  return [
    ...Object.entries(metadata)
      .filter(([key]) => !SAID.includes(key))
      .map(([key, value]): Fact => ({ label: key.replaceAll('_', ' '), value })),
    { label: 'rows', value: `${formatCount(rows)} in ${formatCounted(groups, 'row group')}` },
    {
      label: 'columns',
      value: columns.map(({ name, type, unit }) => `${name.padEnd(width)}  ${type}, ${unit}`),
    },
  ];
}
