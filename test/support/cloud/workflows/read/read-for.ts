/** The body of a `for`: a list, over steps of their own. */
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
  loop?.onlyAllow("'for'", 'value', 'index', 'in', 'steps');
  const value = loop?.text('value');
  const index = loop?.text('index');
  const list = loop?.get('in');
  const steps = loop?.get('steps');
  const nothing = { kind: 'list', items: [], line: node.line, column: node.column } as const;
  if (loop !== undefined && value === undefined) {
    refusals.refuse(loop.at, "parse error: 'for' has a value");
  }
  if (loop !== undefined && list === undefined) {
    refusals.refuse(loop.at, "parse error: 'for' has a list, in");
  }
  if (loop !== undefined && steps === undefined) {
    refusals.refuse(loop.at, "parse error: 'for' has steps");
  }
  return {
    kind: 'for',
    value: value === undefined ? '' : readName(value, loop?.get('value') ?? node, refusals),
    index: index && readName(index, loop?.get('index') ?? node, refusals),
    list: list === undefined ? nothing : readTemplate(list, refusals),
    steps: steps === undefined ? [] : readSteps(steps, refusals),
  };
}
