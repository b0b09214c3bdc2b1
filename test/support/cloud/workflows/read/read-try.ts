/** The body of a `try`, with the except that goes with it. There is no retry: jobs retry their tasks. */
import type { Except, Step, StepBody, TryBody } from './program.js';
import type { StepsReader } from './read-for.js';
import type { SourceNode } from './source-tree.js';
import { StepFields } from './step-fields.js';
import { readName } from './template-reader.js';

interface Readers {
  readonly steps: StepsReader;
  readonly body: (fields: StepFields) => StepBody;
}

export function readTry(fields: StepFields, node: SourceNode, read: Readers): TryBody {
  const except = fields.get('except');
  if (except === undefined) fields.refusals.refuse(fields.at, "parse error: 'try' has an except");
  const { line, column } = node;
  return {
    kind: 'try',
    body: readTried(fields, node, read),
    except: except ? readExcept(fields, except, read) : { as: '', steps: [], line, column },
  };
}

/** One body as it stands, or `steps` for several. */
function readTried({ refusals }: StepFields, node: SourceNode, read: Readers): Step[] {
  if (node.kind !== 'map') {
    refusals.refuse(node, "parse error: 'try' is the body of a step, or steps");
    return [];
  }
  const fields = new StepFields(node, refusals);
  const steps = fields.get('steps');
  if (steps !== undefined) {
    fields.onlyAllow("the steps of a 'try'", 'steps');
    return read.steps(steps, refusals);
  }
  // The body bears no name of its own; errors in it name the step that holds the try.
  return [{ name: '', body: read.body(fields), line: node.line, column: node.column }];
}

function readExcept({ refusals, at }: StepFields, node: SourceNode, read: Readers): Except {
  const fields = node.kind === 'map' ? new StepFields(node, refusals) : undefined;
  if (fields === undefined) refusals.refuse(node, "parse error: 'except' is a map");
  fields?.onlyAllow("'except'", 'as', 'steps');
  const as = fields?.text('as');
  const steps = fields?.get('steps');
  if (as === undefined) refusals.refuse(node, "parse error: 'except' names its error by as");
  if (steps === undefined) refusals.refuse(node, "'except' without steps: not modelled");
  return {
    as: as === undefined ? '' : readName(as, fields?.get('as') ?? at, refusals),
    steps: steps === undefined ? [] : read.steps(steps, refusals),
    line: node.line,
    column: node.column,
  };
}
