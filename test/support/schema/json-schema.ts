/** JSON Schemas (draft 2020-12) of declared shapes, as docs/schema publishes them. */
import { fieldsOf, shapeNamed, wordsOf } from '../../../src/core/shape/guard.js';
import {
  SCHEMA_VERSION,
  type Shape,
  type Shapes,
  type TextForm,
} from '../../../src/core/shape/shape.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** The whole document of one shape, with the other shapes that it names in `$defs`. */
export function jsonSchema(title: string, name: string, named: Shapes): JsonSchema {
  const used = new Set<string>();
  const schema = schemaOf(shapeNamed(name, named), named, used);
  const definitions: Record<string, JsonSchema> = {};
  // Iterating a Set also visits the names that are added on the way.
  for (const each of used) definitions[each] = schemaOf(shapeNamed(each, named), named, used);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    ...schema,
    ...(used.size === 0 ? {} : { $defs: definitions }),
  };
}

function schemaOf(shape: Shape, named: Shapes, used: Set<string>): JsonSchema {
  if (shape.is === 'ref') return schemaOfNamed(shape, named, used);
  const description = shape.about === undefined ? {} : { description: shape.about };
  return { ...description, ...orNull(presentSchema(shape, named, used), shape.orNull === true) };
}

/** An object is written once, in `$defs`; everything else is short and is written in place. */
function schemaOfNamed(
  ref: Extract<Shape, { readonly is: 'ref' }>,
  named: Shapes,
  used: Set<string>,
): JsonSchema {
  const { to } = ref;
  const shape = shapeNamed(to, named);
  const about = ref.about ?? shape.about;
  const isNullable = (ref.orNull ?? shape.orNull) === true;
  const description = about === undefined ? {} : { description: about };
  if (shape.is !== 'object' && shape.is !== 'ref') {
    return { ...description, ...orNull(presentSchema(shape, named, used), isNullable) };
  }
  used.add(to);
  const $ref = `#/$defs/${to}`;
  return { ...description, ...(isNullable ? { anyOf: [{ $ref }, { type: 'null' }] } : { $ref }) };
}

const DAY = String.raw`^\d{4}-\d{2}-\d{2}$`;

/** The constraints of each form of text. */
const TEXT_LIMITS: Readonly<Record<TextForm, JsonSchema>> = {
  text: {},
  name: { minLength: 1 },
  symbol: { minLength: 1 },
  date: { pattern: DAY },
  day: { pattern: DAY },
  month: { pattern: String.raw`^\d{4}-\d{2}$` },
  second: { pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$` },
  instant: { pattern: String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$` },
  price: { pattern: String.raw`^(0|[1-9]\d*|(0|[1-9]\d*)\.\d*[1-9])$` },
  decimal: { pattern: String.raw`^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$` },
  resolution: { pattern: String.raw`^[1-9]\d*[smhd]$` },
  sha256: { pattern: '^[0-9a-f]{64}$' },
  crc32c: { pattern: '^[0-9a-f]{8}$' },
};

function orNull(schema: JsonSchema, isNullable: boolean): JsonSchema {
  if (!isNullable) return schema;
  const words: unknown = schema['enum'];
  const type = [schema['type'], 'null'];
  return isList(words) ? { ...schema, type, enum: [...words, null] } : { ...schema, type };
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function presentSchema(
  shape: Exclude<Shape, { readonly is: 'ref' }>,
  named: Shapes,
  used: Set<string>,
): JsonSchema {
  switch (shape.is) {
    case 'object':
      return objectSchema(fieldsOf(shape, named), named, used);
    case 'list':
      return {
        type: 'array',
        items: schemaOf(shape.of, named, used),
        ...limit('minItems', shape.min),
        ...limit('maxItems', shape.max),
      };
    case 'word':
      return { type: 'string', enum: shape.only ?? wordsOf(shape.of) };
    case 'open':
      return { type: 'object', additionalProperties: true };
    case 'texts':
      return { type: 'object', additionalProperties: { type: 'string' } };
    case 'null':
      return { type: 'null' };
    case 'either':
      return { oneOf: shape.of.map((to) => schemaOfNamed({ is: 'ref', to }, named, used)) };
    case 'truth':
      return { type: 'boolean' };
    case 'true':
      return { const: true };
    case 'version':
      return { const: SCHEMA_VERSION };
    case 'integer':
      return { type: 'integer', ...limit('minimum', shape.min), ...limit('maximum', shape.max) };
    case 'positive':
      return { type: 'integer', minimum: 1 };
    case 'count':
      return { type: 'integer', minimum: shape.min ?? 0, ...limit('maximum', shape.max) };
    case 'amount':
      return { type: 'number', minimum: shape.min ?? 0, ...limit('maximum', shape.max) };
    case 'share':
      return { type: 'number', minimum: 0, maximum: 1 };
    case 'number':
      return { type: 'number', ...limit('minimum', shape.min), ...limit('maximum', shape.max) };
    default: {
      const { is, charactersMax } = shape;
      return { type: 'string', ...limit('maxLength', charactersMax), ...TEXT_LIMITS[is] };
    }
  }
}

function objectSchema(
  fields: Readonly<Record<string, Shape>>,
  named: Shapes,
  used: Set<string>,
): JsonSchema {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    additionalProperties: false,
    required: entries.flatMap(([name, { optional }]) => (optional === true ? [] : [name])),
    properties: Object.fromEntries(
      entries.map(([name, shape]) => [name, schemaOf(shape, named, used)]),
    ),
  };
}

function limit(keyword: string, value: number | undefined): JsonSchema {
  return value === undefined ? {} : { [keyword]: value };
}
