/**
 * Facts of steps and control flow, each with the section and mark of the language reference behind it.
 * Most of them are in steps.txt, in the language itself.
 */
import { describe, expect, test } from 'vitest';
import { factsIn } from './fact-table.js';
import { fateOfSource, runSource, sourceOf } from './run/run-source.js';

const FACTS = factsIn('steps.txt');

const set = (name: string, ...assignments: unknown[]): unknown => ({
  [name]: { assign: assignments },
});
const give = (value: unknown): unknown => ({ finish: { return: value } });
const loop = (body: Record<string, unknown>): unknown => ({ loop: { for: body } });

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const double = (times: number): unknown =>
  loop({ value: 'v', in: ones(times), steps: [set('b', { s: '${s + s}' })] });

describe('steps', () => {
  for (const { title, source, fate } of FACTS) {
    test(title, async () => {
      expect(title).toMatch(/\([0-9.]+ (?:doc|sample|src|pract|inf|open|refuse)\)$/u);
      expect([await fateOfSource(source, 'null')]).toEqual(fate);
    });
  }

  test('have enough facts', () => {
    expect(FACTS.length).toBeGreaterThan(20);
  });

  test('say where an uncaught error came from, innermost first (4.5 pract)', async () => {
    const source = [
      'main:',
      '  params: [args]',
      '  steps:',
      '    - outer:',
      '        call: inner',
      'inner:',
      '  steps:',
      '    - fails:',
      '        raise: {message: stop, code: 4, tags: [Mine]}',
    ].join('\n');
    const outcome = await runSource(source);
    if (!('error' in outcome)) throw new Error('it has not failed');
    expect(outcome.error.payload).toBe('{"code":4,"message":"stop","tags":["Mine"]}');
    expect(outcome.error.context.split('\n').slice(0, 4)).toEqual([
      'stop',
      'in step "fails", routine "inner", line: 8',
      'in step "outer", routine "main", line: 4',
      '{',
    ]);
    expect(outcome.error.stackTrace.elements[0]?.position).toEqual({ line: '8', column: '7' });
  });

  test('log with a severity (6 doc)', async () => {
    const entries: unknown[] = [];
    const steps = [{ c: { call: 'sys.log', args: { json: { a: 1 }, severity: 'WARNING' } } }];
    await runSource(sourceOf(steps), '{}', { onLog: (entry) => entries.push(entry) });
    expect(entries).toEqual([{ severity: 'WARNING', payload: new Map([['a', 1n]]) }]);
  });
});

describe('the limits of an execution', () => {
  test('end it past every except, at 512 kB of variables (7.3 doc)', async () => {
    const except = { as: 'e', steps: [{ d: { return: 'caught' } }] };
    const three = set('c', { l: ['${s}', '${s}', '${s}'] });
    const grow = [
      set('a', { s: '0123456789' }, { l: [] }),
      { attempt: { try: { steps: [double(14), three] }, except } },
    ];
    expect(await fateOfSource(sourceOf(grow))).toBe(
      'ResourceLimitError: ResourceLimitError: Memory usage limit exceeded',
    );
  });

  test('end it at a string of 256 kB (7.3 doc)', async () => {
    const fate = await fateOfSource(sourceOf([set('a', { s: '0123456789' }), double(15)]));
    expect(fate).toBe('ResourceLimitError: ResourceLimitError: string of more than 256000 bytes');
  });

  test('end it at 100,000 steps (7.3 doc)', async () => {
    const inner = { value: 'w', in: ones(400), steps: [set('b', { n: 1 })] };
    const steps = [{ outer: { for: { value: 'v', in: ones(400), steps: [loop(inner)] } } }];
    const fate = await fateOfSource(sourceOf(steps));
    expect(fate).toBe('ResourceLimitError: ResourceLimitError: more than 100000 steps');
  });

  test('raise at a call depth above 20, with main as the first (7.3 doc)', async () => {
    const deeper = {
      params: ['n'],
      steps: [
        { s: { switch: [{ condition: '${n == 1}', return: 'bottom' }] } },
        { t: { return: '${deeper(n - 1)}' } },
      ],
    };
    expect(await fateOfSource(sourceOf([give('${deeper(19)}')], { deeper }))).toBe('"bottom"');
    expect(await fateOfSource(sourceOf([give('${deeper(20)}')], { deeper }))).toBe(
      'RecursionError: RecursionError: call depth above 20',
    );
  });

  test('give the memory of a subworkflow and of a loop back (3 doc)', async () => {
    const big = {
      steps: [set('p', { s: '0123456789' }), double(14), { q: { return: '${len(s)}' } }],
    };
    const calls = loop({
      value: 'w',
      in: ones(9),
      steps: [set('r', { n: '${big()}' }, { u: '${w}' })],
    });
    const steps = [set('a', { n: 0 }), calls, give('${n}')];
    expect(await fateOfSource(sourceOf(steps, { big }))).toBe('163840');
  });
});
