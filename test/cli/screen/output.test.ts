/** The one place that decides how a result is printed. */
import { describe, expect, test } from 'vitest';
import { type AskedFormat, printOutput } from '../../../src/cli/screen/output.js';
import type { Terminal } from '../../../src/edge/process/terminal.js';

const RESULT = {
  document: { rows: [{ a: 1 }, { a: 2 }] },
  rows: [{ a: 1 }, { a: 2 }],
  page: ({ write }: Terminal) => write('page\n'),
};
const closing = ({ write }: Terminal): void => write('closing\n');
const DOCUMENT = `${JSON.stringify(RESULT.document, null, 2)}\n`;
const LINES = '{"a":1}\n{"a":2}\n';

function printed(asked: AskedFormat, isTty: { stdout: boolean; stderr: boolean }, closes = true) {
  const said = { stdout: '', stderr: '' };
  const opened = (name: 'stdout' | 'stderr'): Terminal => ({
    isTty: isTty[name],
    columns: () => 100,
    rows: () => 24,
    write: (text) => {
      said[name] += text;
    },
    paint: (_style, text) => text,
    redraw: () => undefined,
  });
  const world = { stdout: opened('stdout'), stderr: opened('stderr') };
  printOutput({ ...RESULT, ...(closes ? { closing } : {}) }, asked, world);
  return said;
}

describe('a result is printed', () => {
  test.each<[string, AskedFormat, boolean, boolean, string, string]>([
    ['on a terminal as a page', undefined, true, true, 'page\nclosing\n', ''],
    ['in a pipe as a document', undefined, false, false, DOCUMENT, 'closing\n'],
    ['in a pipe with a page beside it', undefined, false, true, DOCUMENT, 'page\nclosing\n'],
    ['in a pipe as a page where one is asked for', 'table', false, true, 'page\nclosing\n', ''],
    ['on a terminal as a document', 'json', true, true, DOCUMENT, 'page\nclosing\n'],
    ['as one object a line', 'jsonl', false, false, LINES, 'closing\n'],
  ])('%s', (_name, asked, isOut, isErr, stdout, stderr) => {
    expect(printed(asked, { stdout: isOut, stderr: isErr })).toEqual({ stdout, stderr });
  });

  test('with nothing beside a document that has no closing line', () => {
    const said = printed('jsonl', { stdout: true, stderr: true }, false);
    expect(said).toEqual({ stdout: LINES, stderr: '' });
  });
});
