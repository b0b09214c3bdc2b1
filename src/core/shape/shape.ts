/**
 * The vocabulary for declaring a stored shape once, as plain data. Its type (`ValueOf`), its guard
 * (guard.ts) and its JSON Schema (json-schema.ts in test/support/schema) follow from the declaration. A
 * declaration is an `as const` literal, so the compiler can derive the type. Shapes refer to each other
 * by name (`ref`); a table of shapes resolves the names.
 */

import type { SymbolName } from '../unit/symbol.js';
import type { UtcDate } from '../unit/utc-date.js';

/** Version of the stored shapes and of the rules behind them; part of every fingerprint. */
export const SCHEMA_VERSION = 5;

/**
 * Forms of texts. `name`: not empty. `second`: a bar's open time. `instant`: a time, with milliseconds
 * if there are any. `price`: plain notation, not negative. Guards check `symbol` and `date`, so their
 * values have these types.
 */
export type TextForm =
  | 'text'
  | 'name'
  | 'symbol'
  | 'date'
  | 'day'
  | 'month'
  | 'second'
  | 'instant'
  | 'price'
  | 'decimal'
  | 'resolution'
  | 'sha256'
  | 'crc32c';

/**
 * `positive`: whole and above 0, which guards check as well. `count`: whole and not negative.
 * `amount`: not negative. `share`: from 0 to 1. `number`: any.
 */
export type NumberForm = 'integer' | 'positive' | 'count' | 'amount' | 'share' | 'number';

/** What every shape may have. */
interface Said {
  /** The description of its JSON Schema. */
  readonly about?: string;
  readonly orNull?: true;
  /** The field may be absent. */
  readonly optional?: true;
}

/** One of some words: a list, or a table whose keys are the words. */
interface WordShape {
  readonly is: 'word';
  readonly of: readonly string[] | Readonly<Record<string, unknown>>;
  /** The words that are written; readers accept the others as well. */
  readonly only?: readonly string[];
  /** Readers accept any text. */
  readonly loose?: true;
}

export interface ObjectShape {
  readonly is: 'object';
  /** The name of a shape whose fields come first. */
  readonly like?: string;
  readonly fields: Readonly<Record<string, Shape>>;
}

export type Shape = Said &
  (
    | { readonly is: TextForm; readonly charactersMax?: number }
    | { readonly is: NumberForm; readonly min?: number; readonly max?: number }
    | { readonly is: 'truth' | 'true' }
    /** SCHEMA_VERSION. */
    | { readonly is: 'version' }
    | WordShape
    | { readonly is: 'list'; readonly of: Shape; readonly min?: number; readonly max?: number }
    /** An object with fields of the user's own. */
    | { readonly is: 'open' }
    /** An object whose values are all texts. */
    | { readonly is: 'texts' }
    | { readonly is: 'null' }
    /** One of the named shapes. */
    | { readonly is: 'either'; readonly of: readonly string[] }
    | ObjectShape
    | { readonly is: 'ref'; readonly to: string }
  );

/** Shapes by name. */
export type Shapes = Readonly<Record<string, Shape>>;

/** The value of a declared shape; `Named` resolves the names in it. */
export type ValueOf<S, Named> = S extends { readonly orNull: true }
  ? PresentOf<S, Named> | null
  : PresentOf<S, Named>;

type PresentOf<S, Named> = S extends { readonly is: 'ref'; readonly to: infer To }
  ? To extends keyof Named
    ? ValueOf<Named[To], Named>
    : never
  : S extends { readonly is: 'object'; readonly fields: infer Fields }
    ? FieldsOf<Fields, Named> & LikeOf<S, Named>
    : S extends { readonly is: 'list'; readonly of: infer Item }
      ? readonly ValueOf<Item, Named>[]
      : S extends { readonly is: 'word' }
        ? WordOf<S>
        : S extends { readonly is: 'either'; readonly of: readonly (infer Name)[] }
          ? Name extends keyof Named
            ? ValueOf<Named[Name], Named>
            : never
          : S extends { readonly is: infer Form }
            ? ScalarOf<Form>
            : never;

type LikeOf<S, Named> = S extends { readonly like: infer Like }
  ? Like extends keyof Named
    ? ValueOf<Named[Like], Named>
    : never
  : unknown;

type FieldsOf<Fields, Named> = {
  readonly [
    Name in keyof Fields as Fields[Name] extends { readonly optional: true } ? never : Name
  ]: ValueOf<Fields[Name], Named>;
} & {
  readonly [
    Name in keyof Fields as Fields[Name] extends { readonly optional: true } ? Name : never
  ]?: ValueOf<Fields[Name], Named>;
};

type WordOf<S> = S extends { readonly loose: true }
  ? string
  : S extends { readonly of: readonly (infer Word)[] }
    ? Word
    : S extends { readonly of: infer Table }
      ? keyof Table & string
      : never;

type ScalarOf<Form> = Form extends 'symbol'
  ? SymbolName
  : Form extends 'date'
    ? UtcDate
    : Form extends TextForm
      ? string
      : Form extends NumberForm | 'version'
        ? number
        : Form extends 'truth'
          ? boolean
          : Form extends 'true'
            ? true
            : Form extends 'open'
              ? Readonly<Record<string, unknown>>
              : Form extends 'texts'
                ? Readonly<Record<string, string>>
                : Form extends 'null'
                  ? null
                  : never;
