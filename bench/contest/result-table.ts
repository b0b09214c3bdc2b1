/** The results as one table: medians with their spread, rates, and the ratio to each peer of the group. */
import { availableParallelism, cpus } from 'node:os';
import { median } from '../measure.js';
import { PEERS, type Peer, type Result, type Round } from './contestant.js';

const HEAD = ['on', 'who', 'seconds', 'from–to', 'MB/s', 'CPU s', 'peak MB'];
const TEXT_COLUMNS = 2;
const NOTHING = '–';

export type Cells = readonly (readonly string[])[];

/** Peers that did not take part have no column. */
export function resultCells(results: readonly Result[]): Cells {
  const peers = PEERS.filter((peer) => results.some((result) => result.peer === peer));
  const head = [...HEAD, ...peers.map((peer) => `÷ ${peer}`)];
  return [head, ...results.map((result) => rowOf(result, results, peers))];
}

function rowOf(result: Result, all: readonly Result[], peers: readonly Peer[]): string[] {
  const seconds = result.rounds.map((round) => round.seconds);
  const rate = rateOf(result);
  return [
    result.group,
    result.name,
    shown(median(seconds)),
    `${shown(Math.min(...seconds))}–${shown(Math.max(...seconds))}`,
    rate === undefined ? NOTHING : rate.toFixed(0),
    shown(median(result.rounds.map((round) => round.cpuSeconds))),
    peakOf(result.rounds),
    ...peers.map((peer) => ratioTo(peer, result, all)),
  ];
}

/** The highest peak of all rounds, in whole megabytes. */
export function peakOf(rounds: readonly Round[]): string {
  const peaks = rounds.flatMap(({ peakMegabytes = [] }) => peakMegabytes);
  return peaks.length === 0 ? NOTHING : Math.max(...peaks).toFixed(0);
}

/** How many times as fast as the peer of its group, by medians of the same run. */
function ratioTo(peer: Peer, result: Result, all: readonly Result[]): string {
  const other = all.find((one) => one.peer === peer && one.group === groupOf(peer, result));
  const rate = rateOf(result);
  const peerRate = other === undefined ? undefined : rateOf(other);
  if (rate === undefined || peerRate === undefined || other === result) return NOTHING;
  return `${shown(rate / peerRate)} ×`;
}

/** A plain folder's floor is the byte loop over the same levels in memory. */
function groupOf(peer: Peer, { group }: Result): Result['group'] {
  return peer === 'floor' && group === 'plain folder' ? 'decode depth' : group;
}

function rateOf({ bytes, rounds }: Result): number | undefined {
  return bytes === undefined
    ? undefined
    : bytes / 1e6 / median(rounds.map(({ seconds }) => seconds));
}

function shown(value: number): string {
  return value.toFixed(value < 0.1 ? 3 : 2);
}

export function asMarkdown([head = [], ...rows]: Cells): string {
  const rule = head.map(() => '---');
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Figures stand to the right. */
export function asText(rows: Cells): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const padded = (cell: string, column: number): string => {
    const width = widths[column] ?? 0;
    return column < TEXT_COLUMNS ? cell.padEnd(width) : cell.padStart(width);
  };
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}

export function machineLine(threads: number): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), ${counted(threads, 'thread')} each, Node ${process.version}`;
}

export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
