/** Checks every block of a Terraform folder against its schema, and every reference against its target. */
import { checkBody, type BodyCheck, type Seen } from './check-body.js';
import { type Declarations, ReferenceCheck } from './check-references.js';
import { type Finding, nearMatch } from '../finding.js';
import { type Block, readModule, readValues } from './module.js';
import type { ProviderSchema } from '../provider-schema.js';
import type { BodySchema, ResourceSchema } from '../schema.js';
import { BUILT_IN, META, TOP_LEVEL } from '../terraform-schema.js';

/** Both take the same settings. */
const PROVIDERS = ['google', 'google-beta'];

export interface ModuleOptions {
  readonly schema: ProviderSchema;
  /** Names of Terraform's functions, when known. */
  readonly functions?: ReadonlySet<string> | undefined;
  /** Files of values, relative to the folder. */
  readonly values?: readonly string[];
}

export interface ModuleReport extends Seen {
  readonly findings: readonly Finding[];
  readonly resources: number;
  readonly references: number;
}

export async function checkModule(folder: string, options: ModuleOptions): Promise<ModuleReport> {
  const findings: Finding[] = [];
  const report = (finding: Finding): number => findings.push(finding);
  const blocks = (await readModule(folder, report)).flatMap(withScopedData);
  const seen = { blocks: 0, attributes: 0 };
  // Otherwise all declarations of an unreadable file would count as missing.
  if (findings.length > 0) return { findings, resources: 0, references: 0, ...seen };
  const check: BodyCheck = { report, seen };
  const declarations = declare(blocks, options, check);
  const references = new ReferenceCheck(declarations, report);
  for (const block of blocks) {
    const schema = schemaOf(block, options.schema, check);
    const where = nameOf(block);
    if (schema !== undefined) checkBody(check, block, schema, where);
    references.block(block, where);
  }
  references.unused();
  for (const file of options.values ?? []) {
    const { attributes } = await readValues(folder, file, report);
    for (const { name, line } of attributes) {
      if (declarations.variables.has(name)) continue;
      const expected = nearMatch(name, declarations.variables.keys());
      report({ file, line, where: 'values', found: `variable '${name}'`, expected });
    }
  }
  const resources = declarations.resources.size;
  return { findings: findings.sort(byPlace), resources, references: references.seen, ...seen };
}

/** A data source inside a check is like any other. */
function withScopedData(block: Block): Block[] {
  if (block.type !== 'check') return [block];
  return [block, ...block.blocks.filter(({ type }) => type === 'data')];
}

function byPlace(one: Finding, other: Finding): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line;
}

function declare(blocks: readonly Block[], options: ModuleOptions, check: BodyCheck): Declarations {
  const variables = new Map<string, Block>();
  const locals = new Map<string, { file: string; line: number }>();
  const resources = new Map<
    string,
    { block: Block; schema: ResourceSchema | undefined; isMany: boolean }
  >();
  const names = new Map<string, Block>();
  const once = (name: string, file: string, line: number, block: Block): void => {
    const first = names.get(name);
    if (first === undefined) names.set(name, block);
    else {
      const expected = `one: another is in ${first.file}:${first.line}`;
      check.report({ file, line, where: name, found: 'two of that name', expected });
    }
  };
  for (const block of blocks) {
    const { file, labels, type } = block;
    const [first = '', second = ''] = labels;
    if (type === 'variable') variables.set(first, block);
    if (type === 'locals') {
      for (const { name, line } of block.attributes) {
        once(`local.${name}`, file, line, block);
        locals.set(name, { file, line });
      }
    } else if (!['terraform', 'provider', 'moved'].includes(type)) {
      once(nameOf(block), file, block.line, block);
    }
    if (type !== 'resource' && type !== 'data') continue;
    const isMany = block.attributes.some(({ name }) => name === 'count' || name === 'for_each');
    const address = type === 'data' ? `data.${first}.${second}` : `${first}.${second}`;
    resources.set(address, { block, schema: resourceSchema(block, options.schema), isMany });
  }
  return { variables, locals, resources, functions: options.functions };
}

function schemaOf(
  block: Block,
  provider: ProviderSchema,
  check: BodyCheck,
): BodySchema | undefined {
  const { file, labels, line, type } = block;
  const [kind = ''] = labels;
  if (type === 'resource' || type === 'data') {
    const schema = resourceSchema(block, provider);
    if (schema?.members !== undefined) {
      return { members: new Map([...schema.members, ...(META.members ?? [])]) };
    }
    const expected = nearMatch(kind, [...provider.resourceTypes, ...BUILT_IN.keys()]);
    check.report({ file, line, where: nameOf(block), found: `${type} '${kind}'`, expected });
    return undefined;
  }
  if (type === 'provider' && PROVIDERS.includes(kind)) return provider.provider;
  const top = TOP_LEVEL.get(type);
  if (top !== undefined && top.labels === labels.length) return top.body;
  const providers = PROVIDERS.map((name) => `provider "${name}"`);
  const known = [...TOP_LEVEL.keys(), 'resource', 'data', ...providers];
  const found = `block '${[type, ...labels].join(' ')}'`;
  check.report({ file, line, where: 'top level', found, expected: nearMatch(type, known) });
  return undefined;
}

function resourceSchema(
  { labels, type }: Block,
  provider: ProviderSchema,
): ResourceSchema | undefined {
  const [kind = ''] = labels;
  if (type === 'data') return provider.data(kind);
  return BUILT_IN.get(kind) ?? provider.resource(kind);
}

function nameOf({ labels, type }: Block): string {
  if (type === 'variable') return `var.${labels[0]}`;
  if (type === 'resource') return labels.join('.');
  return [type, ...labels].join('.');
}
