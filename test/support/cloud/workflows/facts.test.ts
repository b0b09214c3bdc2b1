/** Facts of steps and control flow, and sources that a deployment refuses: facts.txt has them in YAML. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deployWorkflow } from './check/deploy-workflow.js';
import { fateOf, runSource, sourceOf } from './run-source.js';

interface Fact {
  readonly title: string;
  readonly source: string;
  /** The result, the error, or every refusal with its line and column. */
  readonly fate: string;
}

/** Each is a line `# what (section mark)`, a source, and lines `> ` with its fate. */
function facts(): Fact[] {
  const text = readFileSync(join(import.meta.dirname, 'facts.txt'), 'utf8');
  return text.split(/^(?=# )/mu).map((block) => {
    const [title = '', ...lines] = block.trimEnd().split('\n');
    const [source, fate] = [false, true].map((isFate) =>
      lines.filter((line) => line.startsWith('> ') === isFate),
    );
    return {
      title: title.slice(2),
      source: source?.join('\n') ?? '',
      fate: fate?.map((line) => line.slice(2)).join('\n') ?? '',
    };
  });
}

const deploy = (environment: Record<string, string>) => () =>
  deployWorkflow(sourceOf([{ a: { return: 1 } }]), environment);
const ones = (count: number): number[] => Array.from({ length: count }, () => 1);
const set = (name: string, ...assignments: unknown[]): unknown => ({
  [name]: { assign: assignments },
});
const loop = (name: string, times: number, step: unknown): unknown => ({
  [name]: { for: { value: `v_${name}`, index: `i_${name}`, in: ones(times), steps: [step] } },
});
const double = (times: number): unknown => loop('loop', times, set('b', { s: '${s + s}' }));

describe('a source', () => {
  test.for(facts())('$title', async ({ title, source, fate }) => {
    expect(title).toMatch(/\([0-9.]+ (?:doc|sample|src|pract|inf|open|refuse|rule)(?:, .+)?\)$/u);
    expect(await fateOf(source, 'null')).toBe(fate);
  });

  test('there are enough facts', () => {
    expect(facts().length).toBeGreaterThan(45);
  });

  test('with more than 50 assignments in a step is refused (7.3 doc)', async () => {
    const assign = ones(51).map((x) => ({ x }));
    expect(await fateOf(sourceOf([{ a: { assign } }]))).toMatch(/: 51 assignments, at most 50$/u);
  });

  test('with an environment that the service would not take is refused (8.1 doc)', () => {
    expect(deploy({ GOOGLE_X: '1' })).toThrow("variable 'GOOGLE_X': the prefix is reserved");
    expect(deploy({ LONG: 'x'.repeat(4097) })).toThrow('of 4097 bytes, at most 4096');
    const many = Object.fromEntries(ones(21).map((_one, index) => [`N${index}`, '']));
    expect(deploy(many)).toThrow('21 environment variables, at most 20');
  });
});

describe('an execution', () => {
  test('says where an uncaught error came from, innermost first (4.5 pract)', async () => {
    const inner = {
      params: ['x'],
      steps: [{ fails: { raise: { message: 'stop', code: 4, tags: ['Mine'] } } }],
    };
    const outer = { outer: { call: 'inner', args: { x: 1 } } };
    const outcome = await runSource(sourceOf([outer], { inner }));
    expect(outcome).toMatchObject({
      error: {
        payload: '{"code":4,"message":"stop","tags":["Mine"]}',
        context:
          'stop\nin step "fails", routine "inner", line: 1\nin step "outer", routine "main", line: 1',
        stackTrace: { elements: [{ step: 'fails', position: { line: '1' } }, { step: 'outer' }] },
      },
    });
  });

  test('logs a map with a severity (6 doc)', async () => {
    const entries: unknown[] = [];
    const steps = [{ c: { call: 'sys.log', args: { json: { a: 1 }, severity: 'WARNING' } } }];
    await runSource(sourceOf(steps), '{}', { onLog: (entry) => entries.push(entry) });
    expect(entries).toEqual([{ severity: 'WARNING', payload: { a: 1 } }]);
  });

  test('ends past every except at 512 kB of variables (7.3 doc)', async () => {
    const grow = { params: ['s'], steps: [double(16), { r: { return: '${s}' } }] };
    const except = { as: 'e', steps: [{ d: { return: 'caught' } }] };
    const steps = [{ attempt: { try: { call: 'grow', args: { s: '0123456789' } }, except } }];
    expect(await fateOf(sourceOf(steps, { grow }))).toBe(
      'ResourceLimitError: ResourceLimitError: Memory usage limit exceeded',
    );
  });

  test('gives the memory of a subworkflow and of a loop back (3 doc)', async () => {
    const big = { params: ['s'], steps: [double(14), { q: { return: '${len(s)}' } }] };
    const calls = loop('w', 9, set('r', { n: '${big("0123456789")}' }, { u: '${v_w}' }));
    const steps = [set('a', { n: 0 }), calls, { finish: { return: '${n}' } }];
    expect(await fateOf(sourceOf(steps, { big }))).toBe('163840');
  });

  test('ends at 100,000 steps (7.3 doc)', async () => {
    const inner = loop('inner', 400, set('b', { n: 1 }));
    expect(await fateOf(sourceOf([loop('outer', 400, inner)]))).toBe(
      'ResourceLimitError: ResourceLimitError: more than 100000 steps',
    );
  });

  test('raises at a call depth above 20, with main as the first (7.3 doc)', async () => {
    const deeper = {
      params: ['n'],
      steps: [
        { s: { switch: [{ condition: '${n == 1}', return: 'bottom' }] } },
        { t: { return: '${deeper(n - 1)}' } },
      ],
    };
    const fate = async (depth: number): Promise<string> =>
      fateOf(sourceOf([{ a: { return: `\${deeper(${depth})}` } }], { deeper }));
    expect(await fate(19)).toBe('"bottom"');
    expect(await fate(20)).toBe('RecursionError: RecursionError: call depth above 20');
  });
});
