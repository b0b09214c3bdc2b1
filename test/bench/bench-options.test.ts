/** A bench refuses what it cannot measure, in one line and before it makes anything. */
import { describe, expect, test } from 'vitest';
import { bucketContestants } from '../../bench/contest/bucket-contestants.js';
import type { Contestant } from '../../bench/contest/contestant.js';
import {
  type Arena,
  gunzipContestant,
  ourContestants,
} from '../../bench/contest/folder-contestants.js';
import { memoryContestants } from '../../bench/contest/memory-contestants.js';
import { peerNames } from '../../bench/contest/peer-contestants.js';
import {
  folderOption,
  listOf,
  oneOrMore,
  readOptions,
  switchOption,
  wholeNumber,
  wholeNumbers,
} from '../../bench/frame/bench-options.js';
import { onlyOption, WORDS } from '../../bench/frame/wanted.js';

const OPTIONS = {
  rounds: wholeNumber('rounds', 5),
  minutes: wholeNumber('minutes', 1_440, { least: 2, most: 1_440 }),
  vcpu: wholeNumbers('CPUs', undefined),
  parallelism: wholeNumbers('tasks', [10, 50]),
  chunks: oneOrMore('lengths', ['minute', 'hour']),
  only: onlyOption,
  raw: folderOption('a root'),
  markdown: switchOption('for a page'),
};

const ARENA: Arena = {
  recording: { plain: '', gzip: '', minutes: 2, chunks: [], bytes: 0 },
  threads: 2,
  folder: '',
  say: () => undefined,
};

function everybody(): Pick<Contestant, 'group' | 'name'>[] {
  return [
    ...memoryContestants(ARENA.recording),
    gunzipContestant(ARENA),
    ...bucketContestants({ endpoint: '' }, ARENA),
    ...(['plain folder', 'gzip folder'] as const).flatMap((group) => [
      ...ourContestants(group, ARENA),
      ...peerNames(group, ARENA).map((name) => ({ group, name })),
    ]),
  ];
}

/** Group and name of those who take part with `--only`. */
function wanted(only: string): string[] {
  const { only: chosen } = readOptions(OPTIONS, ['--only', only]);
  return everybody()
    .filter((one) => chosen.has(one))
    .map(({ group, name }) => `${group}: ${name}`);
}

describe('the options of a bench', () => {
  test('have their defaults', () => {
    expect(readOptions(OPTIONS, [])).toMatchObject({
      rounds: 5,
      minutes: 1_440,
      vcpu: undefined,
      parallelism: [10, 50],
      chunks: ['minute', 'hour'],
      raw: undefined,
      markdown: false,
    });
  });

  test('are read', () => {
    const args = '--rounds 3 --minutes=2 --vcpu 1,2 --chunks hour --raw bench --markdown';
    expect(readOptions(OPTIONS, args.split(' '))).toMatchObject({
      rounds: 3,
      minutes: 2,
      vcpu: [1, 2],
      chunks: ['hour'],
      raw: 'bench',
      markdown: true,
    });
  });

  test.for([
    ['--rounds 0', "bench: --rounds: found '0', expected a whole number from 1"],
    ['--rounds -1', "bench: --rounds: found '-1', expected a whole number from 1"],
    ['--rounds 1.5', "bench: --rounds: found '1.5', expected a whole number from 1"],
    ['--rounds', 'bench: --rounds: found nothing, expected a whole number from 1'],
    ['--minutes x', "bench: --minutes: found 'x', expected a whole number from 2 to 1440"],
    ['--minutes 1441', "bench: --minutes: found '1441', expected a whole number from 2 to 1440"],
    ['--vcpu 1,x', "bench: --vcpu: found '1,x', expected whole numbers from 1, such as '1,2'"],
    ['--parallelism 0', "bench: --parallelism: found '0', expected whole numbers from 1"],
    ['--chunks week', "bench: --chunks: found 'week', expected one or more of minute, hour"],
    ['--only fol', "bench: --only: found 'fol', expected one or more of decode, depth, trades"],
    ['--only fold,', "bench: --only: found 'fold,', expected one or more of decode"],
    ['--raw nowhere', "bench: --raw: found 'nowhere', expected a folder"],
    ['--markdown=yes', "bench: --markdown: found 'yes', expected no value"],
    ['--round 3', "bench: found '--round', expected --rounds, --minutes"],
    ['--no-markdown', "bench: found '--no-markdown', expected --rounds"],
    ['-r', "bench: found '-r', expected --rounds"],
    ['3', "bench: found '3', expected an option"],
  ] as const)('refuse %s', ([args, message]) => {
    expect(() => readOptions(OPTIONS, args.split(' '))).toThrow(message);
  });

  test('are listed with one line each', () => {
    const lines = listOf(OPTIONS).split('\n');
    expect(lines).toHaveLength(Object.keys(OPTIONS).length);
    expect(lines[0]).toMatch(/^ {2}--rounds N +rounds \(default: 5\)$/u);
    expect(lines.at(-1)).toMatch(/^ {2}--markdown +for a page$/u);
  });
});

describe('--only', () => {
  test('takes whole words, of a group or a name, in any case', () => {
    expect(wanted('fold')).toEqual(['fold: flowbars, exact bars of 1s']);
    expect(wanted('duckdb')).toEqual([
      expect.stringMatching(/^plain folder: DuckDB/u),
      expect.stringMatching(/^gzip folder: DuckDB/u),
    ]);
    expect(wanted('bucket').every((one) => one.startsWith('bucket: '))).toBe(true);
    expect(wanted('unchanged')).toEqual(['plain folder: flowbars run, unchanged']);
  });

  test('takes the contestants of either part, and of a part those with all its words', () => {
    expect(wanted('decode floor,gzip gunzip')).toEqual([
      'decode depth: byte loop (floor)',
      'gzip folder: gunzip alone (floor)',
    ]);
  });

  test.for(WORDS)('knows somebody by the word %s, and not everybody', (word) => {
    expect(wanted(word).length).toBeGreaterThan(0);
    expect(wanted(word).length).toBeLessThan(everybody().length);
  });
});
