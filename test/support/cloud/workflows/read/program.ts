/** A deployed source as the interpreter runs it: routines, steps, and the templates of their values. */
import type { Expression } from '../expression/expression.js';
import type { Value } from '../expression/values.js';
import type { Position } from './deploy-error.js';

/** A value of the source, with `${...}` still to be evaluated at any depth. */
export type Template = Position &
  (
    | { readonly kind: 'literal'; readonly value: Value }
    | { readonly kind: 'expression'; readonly expression: Expression }
    | { readonly kind: 'list'; readonly items: readonly Template[] }
    | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Template])[] }
  );

/** By name; `main` is one of them. */
export type Program = ReadonlyMap<string, Routine>;

export interface Routine extends Position {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly steps: readonly Step[];
}

export interface Step extends Position {
  readonly name: string;
  readonly body: StepBody;
}

export type StepBody = AssignBody | CallBody | SwitchBody | ForBody | TryBody | EndBody;

export interface AssignBody {
  readonly kind: 'assign';
  readonly assignments: readonly Assignment[];
}

export interface Assignment {
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
  readonly index: string;
  readonly list: Template;
  readonly steps: readonly Step[];
}

export interface TryBody {
  readonly kind: 'try';
  readonly body: CallBody;
  readonly except: Except;
}

export interface Except extends Position {
  readonly as: string;
  readonly steps: readonly Step[];
}

export interface EndBody {
  readonly kind: 'raise' | 'return';
  readonly value: Template;
}
