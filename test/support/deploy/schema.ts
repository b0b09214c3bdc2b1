/** What a block may hold, by the typings of the provider or by Terraform itself. */

export type Shape =
  | { readonly kind: 'text' | 'number' | 'flag' | 'anything' }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'block'; readonly body: () => BodySchema; readonly countMax: number };

export interface Member {
  readonly shape: Shape;
  readonly isRequired: boolean;
}

export interface BodySchema {
  /** By name in HCL; undefined when any name may stand, as in locals. */
  readonly members: ReadonlyMap<string, Member> | undefined;
}

export interface ResourceSchema extends BodySchema {
  /** Attributes that a reference can read. */
  readonly readable: ReadonlySet<string>;
}

export const ANYTHING: Shape = { kind: 'anything' };
export const TEXT: Shape = { kind: 'text' };
export const NUMBER: Shape = { kind: 'number' };
export const FLAG: Shape = { kind: 'flag' };

/** As messages name it. */
export function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'a text';
    case 'number':
      return 'a number';
    case 'flag':
      return 'true or false';
    case 'anything':
      return 'a value';
    case 'list':
      return `a list, each item ${shapeText(shape.of)}`;
    case 'map':
      return `a map, each value ${shapeText(shape.of)}`;
    case 'block':
    default:
      return 'a block { … }';
  }
}

export function bodySchema(
  members: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): BodySchema {
  const entries = Object.entries(members).map(([name, shape]): [string, Member] => [
    name,
    { shape, isRequired: required.includes(name) },
  ]);
  return { members: new Map(entries) };
}

export function blockShape(body: BodySchema, countMax: number = Number.POSITIVE_INFINITY): Shape {
  return { kind: 'block', body: () => body, countMax };
}
