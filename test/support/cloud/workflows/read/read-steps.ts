/** Steps and what may stand in one: which keys go together, and how each kind of body reads. */
import { unreachable } from '../../../../../src/core/unit/errors.js';
import type { Position, Refusals } from './deploy-error.js';
import { ASSIGNMENTS_MAX, CONDITIONS_MAX } from '../run/limits.js';
import type { Assignment, Step, StepBody, SwitchEntry, Template } from './program.js';
import { readFor } from './read-for.js';
import { readTry } from './read-try.js';
import type { SourceNode } from './source-tree.js';
import { StepFields } from './step-fields.js';
import { readName, readTemplate } from './template-reader.js';

/** The key that makes a body what it is, in the order in which they are looked for. */
const KINDS = [
  'assign',
  'call',
  'switch',
  'for',
  'try',
  'raise',
  'return',
  'next',
  'parallel',
] as const;

/** Stands where a body was refused. */
const NOTHING: StepBody = { kind: 'assign', assignments: [] };

export function readSteps(node: SourceNode, refusals: Refusals): Step[] {
  if (node.kind !== 'list' || node.items.length === 0) {
    refusals.refuse(node, 'parse error: steps is a list of at least one step');
    return [];
  }
  return node.items.flatMap((item) => readStep(item, refusals) ?? []);
}

function readStep(node: SourceNode, refusals: Refusals): Step | undefined {
  const [entry, second] = node.kind === 'map' ? node.entries : [];
  if (entry === undefined || second !== undefined || entry.value.kind !== 'map') {
    refusals.refuse(node, 'parse error: a step is one name with a map below it');
    return undefined;
  }
  const { key, keyAt, value } = entry;
  const name = readName(key, keyAt, refusals);
  const body = readBody(new StepFields(value, refusals));
  return { name, body, line: keyAt.line, column: keyAt.column };
}

/** A body of a step, of a switch entry, or of a try. */
export function readBody(fields: StepFields, ...beside: string[]): StepBody {
  const { at, refusals } = fields;
  const kind = KINDS.find((key) => fields.has(key));
  const value = kind === undefined ? undefined : fields.get(kind);
  const allow = (...keys: string[]): void =>
    fields.onlyAllow(
      `'${kind ?? 'a step'}'`,
      ...(kind === undefined ? [] : [kind]),
      ...keys,
      ...beside,
    );
  if (kind === undefined || value === undefined) {
    fields.onlyAllow('a step', ...beside);
    if (fields.isEmpty) refusals.refuse(at, 'parse error: empty step');
    return NOTHING;
  }
  switch (kind) {
    case 'assign':
      allow();
      return { kind, assignments: readAssignments(value, refusals) };
    case 'call':
      allow('args', 'result');
      return readCall(fields);
    case 'switch':
      allow();
      return { kind, entries: readSwitch(value, refusals) };
    case 'for':
      allow();
      return readFor(fields, value, readSteps);
    case 'try':
      allow('except');
      return readTry(fields, value, { steps: readSteps, body: readBody });
    case 'raise':
    case 'return':
      allow();
      return { kind, value: readTemplate(value, refusals) };
    case 'next':
      allow();
      if (fields.text('next') === 'break') return { kind: 'break' };
      refusals.refuse(value, "'next' to anything but break: not modelled");
      return NOTHING;
    case 'parallel':
      refusals.refuse(at, "'parallel' is not modelled: fan out by the job's taskCount");
      return NOTHING;
    default:
      return unreachable(kind);
  }
}

function readAssignments(node: SourceNode, refusals: Refusals): Assignment[] {
  if (node.kind !== 'list' || node.items.length === 0) {
    refusals.refuse(node, 'parse error: assign is a list of at least one assignment');
    return [];
  }
  if (node.items.length > ASSIGNMENTS_MAX) {
    refusals.refuse(node, `${node.items.length} assignments, at most ${ASSIGNMENTS_MAX}`);
  }
  return node.items.flatMap((item) => {
    const [entry, second] = item.kind === 'map' ? item.entries : [];
    if (entry === undefined || second !== undefined) {
      refusals.refuse(item, 'parse error: an assignment is one target with its value');
      return [];
    }
    const { line, column }: Position = entry.keyAt;
    const name = readName(entry.key, entry.keyAt, refusals);
    return [{ name, value: readTemplate(entry.value, refusals), line, column }];
  });
}

function readCall(fields: StepFields): StepBody {
  const result = fields.text('result');
  return {
    kind: 'call',
    callee: fields.text('call') ?? '',
    args: readArguments(fields.get('args'), fields.refusals),
    result: result && readName(result, fields.get('result') ?? fields.at, fields.refusals),
  };
}

function readArguments(
  node: SourceNode | undefined,
  refusals: Refusals,
): ReadonlyMap<string, Template> {
  if (node?.kind === 'map') {
    return new Map(node.entries.map(({ key, value }) => [key, readTemplate(value, refusals)]));
  }
  if (node !== undefined) refusals.refuse(node, 'parse error: args is a map by name');
  return new Map();
}

function readSwitch(node: SourceNode, refusals: Refusals): SwitchEntry[] {
  if (node.kind !== 'list' || node.items.length === 0) {
    refusals.refuse(node, 'parse error: switch is a list of at least one entry');
    return [];
  }
  if (node.items.length > CONDITIONS_MAX) {
    refusals.refuse(node, `${node.items.length} conditions, at most ${CONDITIONS_MAX}`);
  }
  return node.items.flatMap((item) => {
    const fields = item.kind === 'map' ? new StepFields(item, refusals) : undefined;
    const condition = fields?.get('condition');
    if (fields === undefined || condition === undefined) {
      refusals.refuse(item, 'parse error: a switch entry has a condition');
      return [];
    }
    const isBare = item.kind === 'map' && item.entries.length === 1;
    if (isBare) refusals.refuse(item, 'parse error: a switch entry does nothing');
    const { line, column } = fields.at;
    const body = readBody(fields, 'condition');
    return [{ condition: readTemplate(condition, refusals), body, line, column }];
  });
}
