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
  readonly parameters: readonly Parameter[];
  readonly steps: readonly Step[];
}

export interface Parameter {
  readonly name: string;
  /** Undefined where the caller has to give it. */
  readonly preset: Value | undefined;
}

export interface Step extends Position {
  readonly name: string;
  readonly body: StepBody;
}

/** Steps that lie in one step and are run by it; `next` may not lead into them from outside. */
export type StepBody = AssignBody | CallBody | SwitchBody | ForBody | TryBody | PlainBody;

export interface Jump extends Position {
  readonly target: string;
}

export interface AssignBody {
  readonly kind: 'assign';
  readonly assignments: readonly Assignment[];
  readonly next: Jump | undefined;
}

export interface Assignment extends Position {
  /** A variable, or members and indexes of one. */
  readonly target: Expression;
  readonly value: Template;
}

export interface CallBody {
  readonly kind: 'call';
  readonly callee: string;
  readonly args: Arguments;
  readonly result: string | undefined;
  readonly next: Jump | undefined;
}

export type Arguments =
  | { readonly kind: 'named'; readonly entries: ReadonlyMap<string, Template> }
  | { readonly kind: 'positional'; readonly items: readonly Template[] };

export interface SwitchBody {
  readonly kind: 'switch';
  readonly entries: readonly SwitchEntry[];
  /** Taken when no entry matches. */
  readonly next: Jump | undefined;
}

export interface SwitchEntry extends Position {
  readonly condition: Template;
  /** What a match does; no body at all goes on after the switch, or to its `next`. */
  readonly body: StepBody;
}

export interface ForBody {
  readonly kind: 'for';
  readonly value: string;
  readonly index: string | undefined;
  readonly over:
    | { readonly kind: 'in'; readonly list: Template }
    | { readonly kind: 'range'; readonly first: Template; readonly last: Template };
  readonly steps: readonly Step[];
  readonly next: Jump | undefined;
}

export interface TryBody {
  readonly kind: 'try';
  readonly body: readonly Step[];
  readonly retry: Retry | undefined;
  readonly except: Except | undefined;
  readonly next: Jump | undefined;
}

export interface Retry extends Position {
  readonly predicate: string;
  readonly retriesMax: number;
  readonly initialDelayS: number;
  readonly delaySMax: number;
  readonly multiplier: number;
}

export interface Except extends Position {
  readonly as: string;
  readonly steps: readonly Step[];
}

export type PlainBody =
  | { readonly kind: 'steps'; readonly steps: readonly Step[]; readonly next: Jump | undefined }
  | { readonly kind: 'raise' | 'return'; readonly value: Template }
  | { readonly kind: 'next'; readonly next: Jump | undefined };
