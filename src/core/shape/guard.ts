/**
 * The guards of declared shapes: they check that a value has the declared fields, each of its kind.
 * Patterns and limits are in the JSON Schema only: a reader that checked them would refuse values that
 * it can use. Undeclared fields are ignored.
 */
import { isDictionary } from '../unit/json.js';
import { parseSymbol } from '../unit/symbol.js';
import { parseUtcDate } from '../unit/utc-date.js';
import { SCHEMA_VERSION, type Shape, type Shapes, type ValueOf } from './shape.js';

export type Guard<T> = (value: unknown) => value is T;

/** The guard of one shape in a table. */
export function guardOf<Named extends Shapes, Name extends keyof Named & string>(
  name: Name,
  named: Named,
): Guard<ValueOf<Named[Name], Named>> {
  const shape: Shape = { is: 'ref', to: name };
  return (value): value is ValueOf<Named[Name], Named> => hasShape(value, shape, named);
}

/** The guard of some fields of a shape, for a reader that needs only these. */
export function partGuard<
  Named extends Shapes,
  Name extends keyof Named & string,
  Field extends keyof ValueOf<Named[Name], Named> & string,
>(
  name: Name,
  fields: readonly Field[],
  named: Named,
): Guard<Pick<ValueOf<Named[Name], Named>, Field>> {
  const all = fieldsOf({ is: 'ref', to: name }, named);
  const parts = fields.map((field) => [field, all[field]] as const);
  return (value): value is Pick<ValueOf<Named[Name], Named>, Field> =>
    isDictionary(value) &&
    parts.every(([field, shape]) => shape !== undefined && hasShape(value[field], shape, named));
}

export function hasShape(value: unknown, shape: Shape, named: Shapes): boolean {
  if (shape.orNull === true && value === null) return true;
  switch (shape.is) {
    case 'ref':
      return hasShape(value, shapeNamed(shape.to, named), named);
    case 'object':
      return isDictionary(value) && hasFields(value, fieldsOf(shape, named), named);
    case 'list':
      return Array.isArray(value) && value.every((item) => hasShape(item, shape.of, named));
    case 'word':
      return (
        typeof value === 'string' && (shape.loose === true || wordsOf(shape.of).includes(value))
      );
    case 'open':
      return isDictionary(value);
    case 'texts':
      return isDictionary(value) && Object.values(value).every((text) => typeof text === 'string');
    case 'null':
      return value === null;
    case 'either':
      return shape.of.some((name) => hasShape(value, shapeNamed(name, named), named));
    case 'truth':
      return typeof value === 'boolean';
    case 'true':
      return value === true;
    case 'version':
      return value === SCHEMA_VERSION;
    case 'positive':
      return typeof value === 'number' && Number.isInteger(value) && value > 0;
    case 'integer':
    case 'count':
    case 'amount':
    case 'share':
    case 'number':
      return typeof value === 'number';
    case 'symbol':
      return typeof value === 'string' && parseSymbol(value) !== undefined;
    case 'date':
      return typeof value === 'string' && parseUtcDate(value) !== undefined;
    default:
      return typeof value === 'string';
  }
}

function hasFields(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, Shape>>,
  named: Shapes,
): boolean {
  return Object.entries(fields).every(([name, shape]) =>
    shape.optional === true && !(name in value) ? true : hasShape(value[name], shape, named),
  );
}

/** The fields of an object's shape, those of its `like` first. */
export function fieldsOf(shape: Shape, named: Shapes): Readonly<Record<string, Shape>> {
  if (shape.is === 'ref') return fieldsOf(shapeNamed(shape.to, named), named);
  if (shape.is !== 'object') return {};
  const like = shape.like === undefined ? {} : fieldsOf(shapeNamed(shape.like, named), named);
  return { ...like, ...shape.fields };
}

export function shapeNamed(name: string, named: Shapes): Shape {
  const shape = named[name];
  if (shape === undefined) throw new Error(`invariant broken: no shape is called '${name}'`);
  return shape;
}

export function wordsOf(
  of: readonly string[] | Readonly<Record<string, unknown>>,
): readonly string[] {
  return isList(of) ? of : Object.keys(of);
}

function isList(
  of: readonly string[] | Readonly<Record<string, unknown>>,
): of is readonly string[] {
  return Array.isArray(of);
}
