/** The body of a `for`: exactly one of `in` and `range`, over steps of their own. */
import type { ForBody, Step } from './program.js';
import type { Refusals } from './deploy-error.js';
import type { SourceNode } from './source-tree.js';
import { StepFields } from './step-fields.js';
import { readName, readTemplate } from './template-reader.js';

export type StepsReader = (node: SourceNode, refusals: Refusals) => Step[];

export function readFor(step: StepFields, node: SourceNode, readSteps: StepsReader): ForBody {
  const { refusals } = step;
  const loop = node.kind === 'map' ? new StepFields(node, refusals) : undefined;
  if (loop === undefined) refusals.refuse(node, "parse error: 'for' is a map");
  loop?.onlyAllow("'for'", 'value', 'index', 'in', 'range', 'steps');
  const value = loop?.text('value');
  const index = loop?.text('index');
  const steps = loop?.get('steps');
  if (loop !== undefined && value === undefined) {
    refusals.refuse(loop.at, "parse error: 'for' has a value");
  }
  if (loop !== undefined && steps === undefined) {
    refusals.refuse(loop.at, "parse error: 'for' has steps");
  }
  if (index !== undefined && loop?.has('range') === true) {
    refusals.refuse(loop.at, "'index' with 'range': not modelled");
  }
  return {
    kind: 'for',
    value: value === undefined ? '' : readName(value, loop?.get('value') ?? node, refusals),
    index: index && readName(index, loop?.get('index') ?? node, refusals),
    over: readOver(loop, node),
    steps: steps === undefined ? [] : readSteps(steps, refusals),
    next: step.jump(),
  };
}

function readOver(loop: StepFields | undefined, node: SourceNode): ForBody['over'] {
  const list = loop?.get('in');
  const range = loop?.get('range');
  const nothing = { kind: 'list', items: [], line: node.line, column: node.column } as const;
  if (loop === undefined) return { kind: 'in', list: nothing };
  const { refusals } = loop;
  if ((list === undefined) === (range === undefined)) {
    refusals.refuse(loop.at, "parse error: 'for' has exactly one of in and range");
  }
  if (range === undefined) {
    return { kind: 'in', list: list === undefined ? nothing : readTemplate(list, refusals) };
  }
  const [first, last, third] = range.kind === 'list' ? range.items : [];
  if (first === undefined || last === undefined || third !== undefined) {
    refusals.refuse(range, 'parse error: range is a list of two numbers, both included');
    return { kind: 'in', list: nothing };
  }
  return {
    kind: 'range',
    first: readTemplate(first, refusals),
    last: readTemplate(last, refusals),
  };
}
