/** Checks one block against its schema: names, required parts, counts and literal values. */
import { nearMatch, type Report } from '../finding.js';
import { type Attribute, type Block, isMap, type Json } from './module.js';
import { type BodySchema, blockShape, type Member, type Shape, shapeText } from '../schema.js';
import { DYNAMIC } from '../terraform-schema.js';

/** Counts of what was checked: an empty check must not look like a clean one. */
export interface Seen {
  blocks: number;
  attributes: number;
}

export interface BodyCheck {
  readonly report: Report;
  readonly seen: Seen;
}

/** `where` names the block in messages: `google_storage_bucket.out: versioning`. */
export function checkBody(check: BodyCheck, block: Block, schema: BodySchema, where: string): void {
  check.seen.blocks += 1;
  check.seen.attributes += block.attributes.length;
  const { members } = schema;
  if (members === undefined) return;
  for (const attribute of block.attributes) checkAttribute(check, block, attribute, members, where);
  const counts = new Map<string, number>();
  for (const nested of block.blocks) {
    const name = nested.type === 'dynamic' ? (nested.labels[0] ?? '') : nested.type;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    checkNested(check, nested, name, members, where);
    const shape = members.get(name)?.shape;
    if (shape?.kind === 'block' && counts.get(name) === shape.countMax + 1) {
      const found = `block '${name}' ${shape.countMax + 1} times`;
      tell(check, nested, where, found, `it at most ${shape.countMax} times`);
    }
  }
  for (const [name, { isRequired, shape }] of members) {
    const isThere = counts.has(name) || block.attributes.some((each) => each.name === name);
    if (!isRequired || isThere) continue;
    const kind = shape.kind === 'block' ? 'block' : 'attribute';
    tell(check, block, where, `no ${kind} '${name}'`, 'it, since it is required');
  }
}

function checkAttribute(
  check: BodyCheck,
  block: Block,
  attribute: Attribute,
  members: ReadonlyMap<string, Member>,
  where: string,
): void {
  const at = { file: block.file, line: attribute.line };
  const shape = members.get(attribute.name)?.shape;
  if (shape === undefined) {
    const near = nearMatch(attribute.name, members.keys());
    tell(check, at, where, `attribute '${attribute.name}'`, near);
    return;
  }
  if (shape.kind === 'block') {
    const found = `attribute '${attribute.name} = …'`;
    tell(check, at, where, found, `a block '${attribute.name} { … }'`);
    return;
  }
  const wrong = misfit(attribute.value, shape);
  if (wrong !== undefined) {
    const found = `${attribute.name} = ${JSON.stringify(wrong.value)}`;
    tell(check, at, where, found, shapeText(wrong.shape));
  }
}

function checkNested(
  check: BodyCheck,
  nested: Block,
  name: string,
  members: ReadonlyMap<string, Member>,
  where: string,
): void {
  const shape = members.get(name)?.shape;
  if (shape === undefined) {
    const near = nearMatch(name, members.keys());
    tell(check, nested, where, `block '${name}'`, near);
    return;
  }
  if (shape.kind !== 'block') {
    const found = `block '${name} { … }'`;
    tell(check, nested, where, found, `an attribute '${name} = …': ${shapeText(shape)}`);
    return;
  }
  const inside = where.includes(': ') ? `${where}.${name}` : `${where}: ${name}`;
  if (nested.type !== 'dynamic') {
    checkBody(check, nested, shape.body(), inside);
    return;
  }
  // The repeated content follows the schema of the block itself.
  const dynamic = new Map(DYNAMIC.members);
  dynamic.set('content', { shape: blockShape(shape.body(), 1), isRequired: true });
  checkBody(check, nested, { members: dynamic }, `${inside} (dynamic)`);
}

/** The part of a literal with another type. Expressions fit anywhere. */
function misfit(value: Json, shape: Shape): { value: Json; shape: Shape } | undefined {
  // Null means not given.
  if (value === null || isExpression(value)) return undefined;
  const bad = { value, shape };
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' ? undefined : bad;
    case 'number':
      return typeof value === 'number' ? undefined : bad;
    case 'flag':
      return typeof value === 'boolean' ? undefined : bad;
    case 'list':
      if (!Array.isArray(value)) return bad;
      return firstMisfit(value, shape.of);
    case 'map':
      if (!isMap(value)) return bad;
      return firstMisfit(Object.values(value), shape.of);
    case 'anything':
    case 'block':
    default:
      return undefined;
  }
}

function firstMisfit(
  values: readonly Json[],
  shape: Shape,
): { value: Json; shape: Shape } | undefined {
  return values.map((each) => misfit(each, shape)).find((each) => each !== undefined);
}

/** A single expression can have any type; a text with templates is a text. */
function isExpression(value: Json): boolean {
  return typeof value === 'string' && /^\$\{[^]*\}$/.test(value) && !/\}[^]*\$\{/.test(value);
}

function tell(
  { report }: BodyCheck,
  { file, line }: { readonly file: string; readonly line: number },
  where: string,
  found: string,
  expected: string,
): void {
  report({ file, line, where, found, expected });
}
