/**
 * The sources for the tidy test: files with their lines, comments and the nodes of their syntax
 * trees. It checks nothing itself.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Comment, parseSync } from 'oxc-parser';

/** The files with the seams, a layer of their own. */
export const PORTS: readonly string[] = [
  'src/jobs/ports.ts',
  'src/jobs/recorder-ports.ts',
  'src/jobs/writer-ports.ts',
  'src/jobs/learning-ports.ts',
];

export const projectRoot: string = resolve(import.meta.dirname, '../../..');

/** A node of the ESTree; only its type and place are certain. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

export interface SourceFile {
  /** Path below the project root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly comments: readonly Comment[];
  /** Every node, parents before children. */
  readonly nodes: readonly SyntaxNode[];
}

/** The files that match a pattern of `globSync`, in order of their paths. */
export function sourceFiles(pattern: string): SourceFile[] {
  return globSync(pattern, { cwd: projectRoot, exclude: ['**/node_modules/**', '**/dist/**'] })
    .sort()
    .map((path) => parsed(path, readFileSync(join(projectRoot, path), 'utf8')));
}

export function parsed(path: string, text: string): SourceFile {
  const result = parseSync(path, text);
  if (result.errors.length > 0) throw new Error(`${path}: ${result.errors[0]?.message ?? ''}`);
  const nodes: SyntaxNode[] = [];
  collect(result.program, nodes);
  return { path, text, lines: text.split('\n'), comments: result.comments, nodes };
}

function collect(value: unknown, nodes: SyntaxNode[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, nodes);
  } else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) nodes.push(value);
    for (const member of Object.values(value)) collect(member, nodes);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** One-based line of an offset. */
export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split('\n').length;
}

/** `path:line` of a node, as a terminal makes it a link. */
export function placeOf(file: SourceFile, node: SyntaxNode): string {
  return `${file.path}:${lineOf(file, node.start)}`;
}

/** The text of a string literal, of an identifier, or of `object.property`. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return String(node['value']);
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type === 'MemberExpression') {
    return `${nameOf(node['object']) ?? ''}.${nameOf(node['property']) ?? ''}`;
  }
  return undefined;
}

/** What a file imports, statically or not, values or types: `node:fs`, or a path below the project root. */
export interface ImportEdge {
  readonly place: string;
  readonly target: string;
  readonly isTypeOnly: boolean;
}

export function importsOf(file: SourceFile): ImportEdge[] {
  return file.nodes.flatMap((node) => {
    const specifier = nameOf(node['source']);
    if (specifier === undefined) return [];
    const target = specifier.startsWith('.')
      ? join(dirname(file.path), specifier).replace(/\.js$/u, '.ts')
      : specifier;
    const isTypeOnly = node['importKind'] === 'type' || node.type === 'TSImportType';
    return [{ place: placeOf(file, node), target, isTypeOnly }];
  });
}
