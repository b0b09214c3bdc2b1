/** Words of commands that a person copies. */
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from '../../../src/cli/screen/shell-word.js';

test('paths with blanks and quotes are quoted, others stand as they are', () => {
  for (const plain of ['raw', 'gs://b/raw', './a_b-c.d', '币安/raw']) {
    expect(shellWord(plain)).toBe(plain);
  }
  expect(shellWord('my raw')).toBe("'my raw'");
  expect(shellWord("it's")).toBe(String.raw`'it'\''s'`);
});

test('a shell reads each word as it was', () => {
  const words = fc
    .sample(fc.string({ unit: 'grapheme' }), 200)
    .map((word) => word.replaceAll('\0', ''));
  const command = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(
    words.map((word) => `${word}\0`).join(''),
  );
});
