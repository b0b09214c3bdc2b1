/**
 * The schema of Google's provider, read from published typings: the packages of CDKTF and of its successor CDKTN
 * have a folder per resource, with interfaces generated from the provider's own schema. None of it runs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, type TSInterfaceDeclaration, type TSSignature, type TSType } from 'oxc-parser';
import {
  ANYTHING,
  type BodySchema,
  FLAG,
  type Member,
  NUMBER,
  type ResourceSchema,
  type Shape,
  TEXT,
} from './schema.js';

interface Typings {
  readonly source: string;
  readonly interfaces: ReadonlyMap<string, TSInterfaceDeclaration>;
  /** Readable properties of the resource's class, as TypeScript spells them. */
  readonly getters: readonly string[];
  readonly resourceType: string | undefined;
}

export class ProviderSchema {
  private readonly folder: string;
  private readonly known = new Map<string, ResourceSchema | undefined>();
  private names: readonly string[] = [];

  /** `folder` is the installed package. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** The provider's version that the typings come from, read from their links. */
  get version(): string {
    const source = readFileSync(join(this.folder, 'lib/provider/index.d.ts'), 'utf8');
    return /providers\/hashicorp\/google\/([0-9.]+)\//.exec(source)?.[1] ?? 'unknown';
  }

  get provider(): BodySchema {
    return bodyOf(
      readTypings(join(this.folder, 'lib/provider/index.d.ts')),
      'GoogleProviderConfig',
    );
  }

  resource(type: string): ResourceSchema | undefined {
    return this.schema(type, folderName(type));
  }

  data(type: string): ResourceSchema | undefined {
    return this.schema(type, `data-${folderName(`google_${type}`)}`);
  }

  /** Every resource type, to suggest a name. */
  get resourceTypes(): readonly string[] {
    if (this.names.length === 0) {
      const index = readFileSync(join(this.folder, 'lib/index.d.ts'), 'utf8');
      const folders = [...index.matchAll(/'\.\/([a-z0-9-]+)'/g)].map((found) => found[1] ?? '');
      this.names = folders
        .filter((folder) => !folder.startsWith('data-') && folder !== 'provider')
        .map((folder) => `google_${folder.replaceAll('-', '_')}`);
    }
    return this.names;
  }

  private schema(type: string, folder: string): ResourceSchema | undefined {
    if (!this.known.has(folder)) this.known.set(folder, this.read(type, folder));
    return this.known.get(folder);
  }

  private read(type: string, folder: string): ResourceSchema | undefined {
    const file = join(this.folder, 'lib', folder, 'index.d.ts');
    if (!type.startsWith('google_') || !existsSync(file)) return undefined;
    const typings = readTypings(file);
    const root = [...typings.interfaces.keys()].find((name) => isRoot(typings, name));
    if (root === undefined || typings.resourceType !== type) return undefined;
    const body = bodyOf(typings, root);
    const settable = new Map(body.members);
    const read = typings.getters.map((getter) => snakeCase(getter));
    const readable = new Set([...settable.keys(), ...read]);
    // The typings offer it for every resource, but nearly all refuse it.
    settable.delete('id');
    return { members: settable, readable };
  }
}

/** `google_storage_bucket` is in `storage-bucket`. */
function folderName(type: string): string {
  return type.replace(/^google_/, '').replaceAll('_', '-');
}

function isRoot({ interfaces }: Typings, name: string): boolean {
  return (interfaces.get(name)?.extends.length ?? 0) > 0;
}

function readTypings(file: string): Typings {
  const source = readFileSync(file, 'utf8');
  const interfaces = new Map<string, TSInterfaceDeclaration>();
  for (const statement of parseSync(file, source).program.body) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const { declaration } = statement;
    if (declaration?.type === 'TSInterfaceDeclaration')
      interfaces.set(declaration.id.name, declaration);
  }
  const resourceType = /static readonly tfResourceType = "([^"]+)"/.exec(source);
  const ofClass = source.slice(resourceType?.index ?? source.length);
  const getters = [...ofClass.matchAll(/^ {4}get ([a-zA-Z0-9]+)\(\)/gm)].flatMap(([, name = '']) =>
    name.endsWith('Input') ? [] : [name],
  );
  return { source, interfaces, getters, resourceType: resourceType?.[1] };
}

function bodyOf(typings: Typings, name: string): BodySchema {
  const declaration = typings.interfaces.get(name);
  if (declaration === undefined) throw new Error(`no interface ${name} in the typings`);
  const members = new Map<string, Member>();
  let before = declaration.body.start;
  for (const signature of declaration.body.body) {
    const member = memberOf(typings, signature, typings.source.slice(before, signature.start));
    before = signature.end;
    if (member !== undefined) members.set(...member);
  }
  return { members };
}

/** The comment before a property links to the provider's documentation: the anchor is its real name. */
function memberOf(
  typings: Typings,
  signature: TSSignature,
  comment: string,
): [string, Member] | undefined {
  if (signature.type !== 'TSPropertySignature' || signature.key.type !== 'Identifier')
    return undefined;
  const { name } = signature.key;
  const anchor = [...comment.matchAll(/#([a-z0-9_]+) [A-Za-z0-9]+#/g)].at(-1)?.[1];
  const type = signature.typeAnnotation?.typeAnnotation;
  const shape = type === undefined ? ANYTHING : shapeOf(typings, type);
  return [anchor ?? snakeCase(name), { shape, isRequired: !signature.optional }];
}

function shapeOf(typings: Typings, type: TSType): Shape {
  switch (type.type) {
    case 'TSStringKeyword':
      return TEXT;
    case 'TSNumberKeyword':
      return NUMBER;
    case 'TSBooleanKeyword':
      return FLAG;
    case 'TSParenthesizedType':
      return shapeOf(typings, type.typeAnnotation);
    case 'TSUnionType': {
      // `| cdktf.IResolvable`, or `cdktn.`, is a reference, which fits anywhere.
      const own = type.types.filter((each) => !isResolvable(typings, each));
      return own.length === 1 && own[0] !== undefined ? shapeOf(typings, own[0]) : ANYTHING;
    }
    case 'TSArrayType': {
      const of = shapeOf(typings, type.elementType);
      return of.kind === 'block'
        ? { ...of, countMax: Number.POSITIVE_INFINITY }
        : { kind: 'list', of };
    }
    case 'TSTypeLiteral': {
      const index = type.members[0];
      if (index?.type !== 'TSIndexSignature') return ANYTHING;
      return { kind: 'map', of: shapeOf(typings, index.typeAnnotation.typeAnnotation) };
    }
    case 'TSTypeReference': {
      const name = typings.source.slice(type.typeName.start, type.typeName.end);
      if (!typings.interfaces.has(name)) return ANYTHING;
      return { kind: 'block', body: () => bodyOf(typings, name), countMax: 1 };
    }
    default:
      return ANYTHING;
  }
}

function isResolvable({ source }: Typings, type: TSType): boolean {
  return /^cdkt[fn]\.IResolvable$/.test(source.slice(type.start, type.end));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
