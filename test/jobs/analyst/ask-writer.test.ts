/** A writer that is asked, refused, asked again, and replaced by the template. */
import { describe, expect, test } from 'vitest';
import { writerLines } from '../../../src/core/analyst/report-parts.js';
import { reportMarkdown } from '../../../src/core/analyst/report-markdown.js';
import type { Prompt } from '../../../src/core/analyst/text/prompt.js';
import { FlowbarsError } from '../../../src/core/unit/errors.js';
import { askWriter } from '../../../src/jobs/analyst/ask-writer.js';
import type { Writer } from '../../../src/jobs/writer-ports.js';
import { goodText, madeSheet } from '../../support/analyst/made-day.js';

const SHEET = madeSheet();
const GOOD = goodText(SHEET);
const BAD = `${GOOD} It traded at 64000.`;

interface Asked extends Writer {
  readonly prompts: Prompt[];
}

/** Gives the texts in order. */
function writing(...texts: readonly (string | Error)[]): Asked {
  const prompts: Prompt[] = [];
  return {
    name: 'anthropic',
    prompts,
    write: async (prompt) => {
      const text = texts[prompts.length] ?? new Error('asked too often');
      prompts.push(prompt);
      return typeof text === 'string' ? await Promise.resolve(text) : await Promise.reject(text);
    },
  };
}

describe('a report', () => {
  test('has the text of a writer that keeps the rules', async () => {
    const writer = writing(GOOD);
    const { report, error } = await askWriter(SHEET, writer);
    expect(report).toMatchObject({ writer: 'anthropic', asked: 'anthropic', fallback: undefined });
    expect(report.paragraphs[0]).toContain('99.9 %');
    expect(error).toBeUndefined();
    expect(writerLines(report)[0]).toContain('the writer anthropic; it wrote no number');
  });

  test('has the second text where the first one was refused, and tells the writer why', async () => {
    const writer = writing(BAD, GOOD);
    const { report } = await askWriter(SHEET, writer);
    expect(report).toMatchObject({ writer: 'anthropic', fallback: undefined });
    expect(writer.prompts[1]?.turns.at(-1)?.text).toContain('- digit: ');
    expect(writer.prompts[1]?.turns.at(1)?.text).toBe(BAD);
  });

  test('is by the template after two refusals, and says why without quoting the text', async () => {
    const writer = writing(BAD, `${GOOD} SECRETWORD will rise.`);
    const { report, error } = await askWriter(SHEET, writer);
    expect(report).toMatchObject({ writer: 'template', asked: 'anthropic' });
    expect(error).toBeUndefined();
    expect(writer.prompts).toHaveLength(2);
    const text = reportMarkdown(report);
    expect(text).toContain(
      'Written by the template: the text of the writer anthropic was refused 2 times.',
    );
    expect(text).toContain(
      String.raw`- direction\_word: a direction or comparison outside a slot (rise)`,
    );
    expect(text).toContain(String.raw`- forecast\_word: a forecast or advice (will)`);
    expect(text).not.toMatch(/SECRETWORD/u);
  });

  test('is by the template where the writer gives no text, and quotes no server', async () => {
    const parts = {
      where: 'anthropic',
      what: 'ask the writer',
      found: "HTTP 401 'said <b>'",
      expected: 'a key',
    };
    const { report, error } = await askWriter(SHEET, writing(new FlowbarsError('blocked', parts)));
    expect(report.writer).toBe('template');
    expect(error?.parts.found).toContain('HTTP 401');
    const text = reportMarkdown(report);
    expect(text).toContain('the writer anthropic gave no text (ask the writer: expected a key)');
    expect(text).not.toContain('said');
  });

  test('with an empty text is refused and written by the template', async () => {
    const { report } = await askWriter(SHEET, writing('', ' '));
    expect(writerLines(report)).toContain('empty: the text is empty');
  });

  test('leaves a bug of a writer a bug', async () => {
    await expect(askWriter(SHEET, writing(new Error('a bug')))).rejects.toThrow('a bug');
  });
});
