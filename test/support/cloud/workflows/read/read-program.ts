/** Reads a source: `main`, the subworkflows with their parameters, and the steps of each. */
import { ASSIGNMENTS_MAX } from '../run/limits.js';
import type { Position, Refusals } from './deploy-error.js';
import type {
  Assignment,
  CallBody,
  Except,
  ForBody,
  Program,
  Routine,
  Step,
  StepBody,
  SwitchEntry,
  Template,
} from './program.js';
import type { SourceNode } from './source-tree.js';
import { readEntry, readItems, readName, StepFields } from './step-fields.js';
import { readTemplate } from './template-reader.js';

/** The fields of each kind of body. Its first field names the kind. */
export const BODIES = {
  assign: ['assign'],
  call: ['call', 'args', 'result?'],
  switch: ['switch'],
  for: ['for'],
  try: ['try', 'except'],
  raise: ['raise'],
  return: ['return'],
} as const;
type Kind = keyof typeof BODIES;
const KINDS: readonly Kind[] = ['assign', 'call', 'switch', 'for', 'try', 'raise', 'return'];
/** Stands in for a refused body. */
const NOTHING: StepBody = { kind: 'assign', assignments: [] };

export function readProgram(source: SourceNode, refusals: Refusals): Program {
  const routines = new Map<string, Routine>();
  if (source.kind !== 'map') {
    refusals.refuse(
      source,
      `parse error: expected a map of workflows, with main; got ${source.kind}`,
    );
    return routines;
  }
  for (const { key, keyAt, value } of source.entries) {
    const name = readName({ kind: 'scalar', value: key, ...keyAt }, refusals);
    const fields = new StepFields(value, `'${name}'`, ['params', 'steps'], refusals);
    const parameters = fields.has('params')
      ? readItems(fields.get('params'), 'params', refusals).map((each) => readName(each, refusals))
      : [];
    const steps = fields.has('steps') ? readSteps(fields.get('steps'), refusals) : [];
    routines.set(name, { name, parameters, steps, ...keyAt });
  }
  const main = routines.get('main');
  if (main?.parameters.length !== 1) {
    refusals.refuse(main ?? source, 'main takes exactly one parameter: params: [args]');
  }
  return routines;
}

function readSteps(node: SourceNode, refusals: Refusals): Step[] {
  return readItems(node, 'steps', refusals).flatMap((item) => {
    const entry = readEntry(item, 'a step', refusals);
    if (entry === undefined) return [];
    const { name, at, value } = entry;
    return [{ name, body: readBody(value, refusals), line: at.line, column: at.column }];
  });
}

/** `beside` are fields that the reader of a switch entry has taken. */
function readBody(node: SourceNode, refusals: Refusals, ...beside: string[]): StepBody {
  const keys = node.kind === 'map' ? node.entries.map(({ key }) => key) : [];
  const kind = KINDS.find((each) => keys.includes(each));
  if (kind === undefined) {
    const found = keys.filter((key) => !beside.includes(key)).join(', ') || 'nothing';
    const known = `one of ${KINDS.join(', ')}`;
    refusals.refuse(node, `parse error: a step with ${found}, expected ${known}`);
    return NOTHING;
  }
  const fields = new StepFields(node, `'${kind}'`, [...BODIES[kind], ...beside], refusals);
  const value = fields.get(kind);
  if (kind === 'assign') return { kind, assignments: readAssignments(value, refusals) };
  if (kind === 'call') return readCall(fields);
  if (kind === 'switch') return { kind, entries: readSwitch(value, refusals) };
  if (kind === 'for') return readFor(value, refusals);
  if (kind !== 'try') return { kind, value: readTemplate(value, refusals) };
  const body = new StepFields(value, "'try'", BODIES.call, refusals);
  return { kind, body: readCall(body), except: readExcept(fields.get('except'), refusals) };
}

function readAssignments(node: SourceNode, refusals: Refusals): Assignment[] {
  const items = readItems(node, 'assign', refusals);
  if (items.length > ASSIGNMENTS_MAX) {
    refusals.refuse(node, `${items.length} assignments, at most ${ASSIGNMENTS_MAX}`);
  }
  return items.flatMap((item) => {
    const entry = readEntry(item, 'an assignment', refusals);
    if (entry === undefined) return [];
    return [{ name: entry.name, value: readTemplate(entry.value, refusals) }];
  });
}

function readCall(fields: StepFields): CallBody {
  const callee = fields.has('call') ? fields.text('call') : '';
  const result = fields.has('result') ? fields.name('result') : undefined;
  const args = fields.get('args');
  if (args.kind !== 'map') {
    fields.refusals.refuse(args, 'parse error: args is a map by name');
    return { kind: 'call', callee, args: new Map(), result };
  }
  const given = args.entries.map(({ key, value }): [string, Template] => [
    key,
    readTemplate(value, fields.refusals),
  ]);
  return { kind: 'call', callee, args: new Map(given), result };
}

function readSwitch(node: SourceNode, refusals: Refusals): SwitchEntry[] {
  return readItems(node, 'switch', refusals).map((item) => {
    const body = readBody(item, refusals, 'condition');
    const entry = item.kind === 'map' ? item.entries : [];
    const condition = entry.find(({ key }) => key === 'condition')?.value;
    if (condition === undefined) refusals.refuse(item, "parse error: an entry needs 'condition'");
    const at: Position = { line: item.line, column: item.column };
    return { condition: readTemplate(condition ?? item, refusals), body, ...at };
  });
}

function readFor(node: SourceNode, refusals: Refusals): ForBody {
  const fields = new StepFields(node, "'for'", ['value', 'index', 'in', 'steps'], refusals);
  return {
    kind: 'for',
    value: fields.name('value'),
    index: fields.name('index'),
    list: readTemplate(fields.get('in'), refusals),
    steps: fields.has('steps') ? readSteps(fields.get('steps'), refusals) : [],
  };
}

function readExcept(node: SourceNode, refusals: Refusals): Except {
  const fields = new StepFields(node, "'except'", ['as', 'steps'], refusals);
  const steps = fields.has('steps') ? readSteps(fields.get('steps'), refusals) : [];
  return { as: fields.name('as'), steps, line: node.line, column: node.column };
}
