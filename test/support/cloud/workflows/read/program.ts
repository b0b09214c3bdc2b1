/** A deployed source as the interpreter runs it: routines, steps, and the templates of their values. */
import type { Position } from './deploy-error.js';
import type { Expression } from '../expression/expression.js';
import type { Value } from '../expression/values.js';

/** A value of the source: text and numbers as they stand, `${...}` to be evaluated, at any depth. */
export type Template = Position &
  (
    | { readonly kind: 'literal'; readonly value: Value }
    | { readonly kind: 'expression'; readonly expression: Expression }
    | { readonly kind: 'list'; readonly items: readonly Template[] }
    | { readonly kind: 'map'; readonly entries: readonly TemplateEntry[] }
  );

export interface TemplateEntry {
  readonly key: string | Expression;
  readonly value: Template;
}

export interface Program {
  readonly main: Routine;
  readonly routines: ReadonlyMap<string, Routine>;
}

export interface Routine extends Position {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step extends Position {
  readonly name: string;
  readonly body: StepBody;
}

export type StepBody = AssignBody | CallBody | SwitchBody | ForBody | TryBody | PlainBody;

export interface AssignBody {
  readonly kind: 'assign';
  readonly assignments: readonly Assignment[];
}

export interface Assignment extends Position {
  readonly name: string;
  readonly value: Template;
}

export interface CallBody {
  readonly kind: 'call';
  readonly callee: string;
  readonly args: ReadonlyMap<string, Template>;
  readonly result: string | undefined;
}

export interface SwitchBody {
  readonly kind: 'switch';
  readonly entries: readonly SwitchEntry[];
}

export interface SwitchEntry extends Position {
  readonly condition: Template;
  readonly body: StepBody;
}

export interface ForBody {
  readonly kind: 'for';
  readonly value: string;
  readonly index: string | undefined;
  readonly list: Template;
  readonly steps: readonly Step[];
}

export interface TryBody {
  readonly kind: 'try';
  readonly body: readonly Step[];
  readonly except: Except;
}

export interface Except extends Position {
  readonly as: string;
  readonly steps: readonly Step[];
}

export type PlainBody =
  | { readonly kind: 'raise' | 'return'; readonly value: Template }
  /** `next: break`, the only jump. */
  | { readonly kind: 'break' };
