/**
 * The body of a `try`, with the retry and except that go with it. Stricter than the service: a retry
 * is a mapping with every field, literal numbers and a predicate of the standard library.
 */
import type { Except, Retry, Step, StepBody, TryBody } from './program.js';
import type { StepsReader } from './read-for.js';
import { PREDICATES } from '../run/retry-predicates.js';
import type { SourceNode } from './source-tree.js';
import { StepFields } from './step-fields.js';
import { readName } from './template-reader.js';

interface Readers {
  readonly steps: StepsReader;
  readonly body: (fields: StepFields) => StepBody;
}

export function readTry(fields: StepFields, node: SourceNode, read: Readers): TryBody {
  const { refusals } = fields;
  const retry = fields.get('retry');
  const except = fields.get('except');
  if (retry === undefined && except === undefined) {
    refusals.refuse(fields.at, "parse error: 'try' has a retry or an except");
  }
  return {
    kind: 'try',
    body: readTried(fields, node, read),
    retry: retry && readRetry(fields, retry),
    except: except && readExcept(fields, except, read),
    next: fields.jump(),
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

function readRetry({ refusals }: StepFields, node: SourceNode): Retry {
  const { line, column } = node;
  const nothing = { initialDelayS: 0, delaySMax: 0, multiplier: 1, retriesMax: 0 };
  if (node.kind !== 'map') {
    refusals.refuse(node, "'retry' is a mapping with predicate, max_retries and backoff");
    return { predicate: '', ...nothing, line, column };
  }
  const fields = new StepFields(node, refusals);
  fields.onlyAllow("'retry'", 'predicate', 'max_retries', 'backoff');
  const backoffNode = fields.get('backoff');
  const backoff = backoffNode?.kind === 'map' ? new StepFields(backoffNode, refusals) : undefined;
  backoff?.onlyAllow("'backoff'", 'initial_delay', 'max_delay', 'multiplier');
  if (backoff === undefined) refusals.refuse(backoffNode ?? node, "'retry' without a backoff map");
  const retriesMax = literal(fields, 'max_retries');
  if (!Number.isInteger(retriesMax)) refusals.refuse(node, "'max_retries' is an integer");
  const predicate = readPredicate(fields);
  if (backoff === undefined) return { ...nothing, predicate, line, column };
  return {
    predicate,
    retriesMax,
    initialDelayS: literal(backoff, 'initial_delay'),
    delaySMax: literal(backoff, 'max_delay'),
    multiplier: literal(backoff, 'multiplier'),
    line,
    column,
  };
}

function readPredicate(fields: StepFields): string {
  const node = fields.get('predicate');
  const text = node?.kind === 'scalar' ? String(node.value) : '';
  const name = /^\$\{\s*([a-z_.]+)\s*\}$/u.exec(text)?.[1] ?? '';
  if (!PREDICATES.has(name)) {
    const known = [...PREDICATES.keys()].join(', ');
    fields.refusals.refuse(node ?? fields.at, `'predicate' is one of ${known}; found '${text}'`);
  }
  return name;
}

function literal(fields: StepFields, key: string): number {
  const node = fields.get(key);
  const value = node?.kind === 'scalar' ? node.value : undefined;
  if ((typeof value === 'bigint' || typeof value === 'number') && value >= 0) return Number(value);
  fields.refusals.refuse(
    node ?? fields.at,
    `'${key}' of a retry is a literal number, not negative`,
  );
  return 0;
}
