/**
 * What is refused when a source is deployed, with line, column and reason: the checks of Google's own
 * deploy, and those by which the interpreter is stricter (language reference, section 9). The sources
 * are in refusals.txt, each with all of its refusals.
 */
import { describe, expect, test } from 'vitest';
import { deployWorkflow } from './check/deploy-workflow.js';
import { factsIn } from './fact-table.js';
import { refusalsOf, sourceOf } from './run/run-source.js';

const FACTS = factsIn('refusals.txt');
const MARK = /\([0-9.]+ (?:doc|sample|src|pract|inf|open|refuse|rule)\)$/u;

const deploy = (environment: Record<string, string>) => () =>
  deployWorkflow(sourceOf([{ a: { return: 1 } }]), { environment });

describe('a deployment refuses', () => {
  for (const { title, source, fate } of FACTS) {
    test(title, () => {
      expect(title).toMatch(MARK);
      expect(fate.length).toBeGreaterThan(0);
      expect(refusalsOf(source)).toEqual(fate.map((line) => `main.yaml:${line}`));
    });
  }

  test('enough of what is wrong', () => {
    expect(FACTS.length).toBeGreaterThan(55);
  });

  test('a source without anything in it (1.1 doc)', () => {
    expect(refusalsOf('')).toEqual(['main.yaml:1:1: parse error: the source is empty']);
  });

  test('more than a limit allows (7.3 doc)', () => {
    const assign = Array.from({ length: 51 }, () => ({ x: 1 }));
    const entries = Array.from({ length: 51 }, () => ({ condition: false, return: 1 }));
    const limited = [
      [`# ${'x'.repeat(128_000)}`, 'source of 128002 bytes, at most 128000'],
      [sourceOf([{ a: { assign } }]), '51 assignments, at most 50'],
      [sourceOf([{ a: { switch: entries } }]), '51 conditions, at most 50'],
      [
        sourceOf([{ a: { return: 'x'.repeat(128_000) } }]),
        'source of 128058 bytes, at most 128000',
      ],
    ] as const;
    for (const [source, reason] of limited) {
      const [refusal] = refusalsOf(source);
      expect(refusal?.replace(/^main\.yaml:\d+:\d+: /u, '')).toBe(reason);
    }
  });

  test('everything that is wrong at once, in the order of the source', () => {
    const steps = ['- a: {assign: [{x: "${w}"}]}', '- b: {call: nothing}', '- b: {next: c}'];
    const lines = ['main:', '  params: [args]', '  steps:', ...steps.map((line) => `    ${line}`)];
    expect(refusalsOf(lines.join('\n')).map((line) => line.slice(0, 30))).toEqual([
      'main.yaml:4:24: failed to buil',
      "main.yaml:5:7: symbol 'nothing",
      "main.yaml:6:7: step 'b' is the",
      "main.yaml:6:17: 'next' to anyt",
    ]);
  });

  test('an environment that the service would not take (8.1 doc)', () => {
    expect(deploy({ GOOGLE_X: '1' })).toThrow(
      "environment variable 'GOOGLE_X': the prefix is reserved",
    );
    expect(deploy({ LONG: 'x'.repeat(4097) })).toThrow('of 4097 bytes, at most 4096');
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`N${index}`, '']));
    expect(deploy(many)).toThrow('21 environment variables, at most 20');
  });
});
