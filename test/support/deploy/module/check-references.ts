/** Checks every reference of a module against the module's declarations and the provider's resources. */
import { nearMatch, type Report } from '../finding.js';
import type { Block } from './module.js';
import { readExpression, type Reference } from './references.js';
import type { ResourceSchema } from '../schema.js';

interface Declared {
  readonly block: Block;
  readonly schema: ResourceSchema | undefined;
  /** Whether it has count or for_each: a reference then needs a key. */
  readonly isMany: boolean;
}

export interface Declarations {
  readonly variables: ReadonlyMap<string, Block>;
  readonly locals: ReadonlyMap<string, { readonly file: string; readonly line: number }>;
  /** By `type.name`; those of data sources begin with `data.`. */
  readonly resources: ReadonlyMap<string, Declared>;
  /** Undefined when the functions are not known. */
  readonly functions: ReadonlySet<string> | undefined;
}

interface Place {
  readonly file: string;
  readonly where: string;
  /** Names with a meaning here: `each`, `count`, iterators of dynamic blocks. */
  readonly roots: ReadonlySet<string>;
}

/** Names that Terraform itself offers, everywhere or in some places. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  path: ['cwd', 'module', 'root'],
  terraform: ['workspace', 'applying'],
  each: ['key', 'value'],
  count: ['index'],
};
const EVERYWHERE = ['path', 'terraform'];

export class ReferenceCheck {
  private readonly declared: Declarations;
  private readonly report: Report;
  private readonly used = new Set<string>();
  seen = 0;

  constructor(declared: Declarations, report: Report) {
    this.declared = declared;
    this.report = report;
  }

  /** The whole of a top-level block. */
  block(block: Block, where: string): void {
    const roots = new Set(EVERYWHERE);
    if (block.attributes.some(({ name }) => name === 'for_each')) roots.add('each');
    if (block.attributes.some(({ name }) => name === 'count')) roots.add('count');
    this.body(block, { file: block.file, where, roots });
  }

  /** Unused variables and locals. Call it last. */
  unused(): void {
    for (const [kind, names] of [
      ['var', this.declared.variables],
      ['local', this.declared.locals],
    ] as const) {
      for (const [name, { file, line }] of names) {
        if (this.used.has(`${kind}.${name}`)) continue;
        this.report({
          file,
          line,
          where: `${kind}.${name}`,
          found: 'no use of it',
          expected: 'one',
        });
      }
    }
  }

  private body(block: Block, place: Place): void {
    for (const { name, tokens } of block.attributes) {
      // Types are a language of their own.
      if (block.type === 'variable' && name === 'type') continue;
      const isOfLifecycle = block.type === 'lifecycle' && name === 'ignore_changes';
      // A moved block names a former resource; `provider` names a provider. Neither is a value.
      if (isOfLifecycle || block.type === 'moved' || name === 'provider') continue;
      const { references, functions } = readExpression(tokens);
      for (const reference of references) this.reference(reference, place);
      for (const { name: called, line } of functions) this.function(called, line, place);
    }
    for (const nested of block.blocks) {
      const iterator = nested.type === 'dynamic' ? iteratorOf(nested) : undefined;
      const roots = iterator === undefined ? place.roots : new Set([...place.roots, iterator]);
      if (nested.type !== 'provisioner') this.body(nested, { ...place, roots });
    }
  }

  private function(name: string, line: number, { file, where }: Place): void {
    const { functions } = this.declared;
    if (functions === undefined || functions.has(name)) return;
    const expected = nearMatch(name, functions);
    this.report({ file, line, where, found: `function '${name}'`, expected });
  }

  private reference(reference: Reference, place: Place): void {
    this.seen += 1;
    const [root = '', second = ''] = reference.names;
    const { variables, locals } = this.declared;
    if (root === 'var') this.named(variables, reference, place);
    else if (root === 'local') this.named(locals, reference, place);
    else if (!place.roots.has(root)) this.resource(reference, place);
    else {
      // An iterator of a dynamic block has what `each` has.
      const offered = ROOTS[root] ?? ROOTS['each'] ?? [];
      if (offered.includes(second)) return;
      const known = offered.map((name) => `${root}.${name}`);
      this.unknown(reference, place, known);
    }
  }

  private named(known: ReadonlyMap<string, unknown>, reference: Reference, place: Place): void {
    const [root = '', name = ''] = reference.names;
    this.used.add(`${root}.${name}`);
    if (!known.has(name)) {
      this.unknown(
        reference,
        place,
        [...known.keys()].map((each) => `${root}.${each}`),
      );
    }
  }

  private resource(reference: Reference, place: Place): void {
    const isData = reference.names[0] === 'data';
    const length = isData ? 3 : 2;
    const address = reference.names.slice(0, length).join('.');
    const declared = this.declared.resources.get(address);
    if (declared === undefined) {
      const known = [...this.declared.resources.keys(), ...place.roots];
      this.unknown(reference, place, known);
      return;
    }
    const attribute = reference.names[length];
    if (attribute === undefined) return;
    const isIndexed = reference.indexed.has(length - 1);
    const { file, where } = place;
    const { line } = reference;
    if (isIndexed !== declared.isMany) {
      const expected = declared.isMany ? `${address}[…].${attribute}` : `${address}.${attribute}`;
      this.report({ file, line, where, found: `reference '${text(reference)}'`, expected });
    }
    const readable = declared.schema?.readable;
    if (readable !== undefined && !readable.has(attribute)) {
      const expected = nearMatch(attribute, readable);
      this.report({ file, line, where, found: `reference '${text(reference)}'`, expected });
    }
  }

  private unknown(reference: Reference, { file, where }: Place, known: Iterable<string>): void {
    const { line } = reference;
    const name = reference.names.slice(0, reference.names[0] === 'data' ? 3 : 2).join('.');
    const expected = nearMatch(name, known);
    this.report({ file, line, where, found: `reference '${text(reference)}'`, expected });
  }
}

function text({ names, indexed }: Reference): string {
  return names.map((name, index) => (indexed.has(index) ? `${name}[…]` : name)).join('.');
}

function iteratorOf(block: Block): string {
  const iterator = block.attributes.find(({ name }) => name === 'iterator');
  return iterator?.tokens[0]?.text ?? block.labels[0] ?? '';
}
