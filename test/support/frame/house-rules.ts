/**
 * The house rules that neither the compiler nor the linter can say, each a function from one file to
 * what breaks it: what may import what, how long things get, which words are used instead of which.
 */
import { basename } from 'node:path';
import {
  importsOf,
  PORTS,
  isNode,
  lineOf,
  nameOf,
  placeOf,
  type SourceFile,
  type SyntaxNode,
} from './source-tree.js';

export type Rule = (file: SourceFile) => string[];

/** Only main reads the environment and passes it on. */
const ENVIRONMENT_READER = 'src/main.ts';
const EXITER = 'src/main.ts';
const LINES_ALARM = 300;
const LINES_MAX = 400;
/** Files that may pass the alarm, each with the reason why it is one concept. */
const LONG_FILES: Readonly<Record<string, string>> = {};
const FUNCTION_LINES_MAX = 70;

/** A layer is the first folder below src, or `main`; the ports are a layer of their own. */
const LAYERS: Readonly<Record<string, { readonly layers: string[]; readonly packages: RegExp }>> = {
  main: { layers: ['cli'], packages: /^$/u },
  cli: { layers: ['cli', 'jobs', 'ports', 'edge', 'core'], packages: /^(?:yargs|node:)/u },
  edge: { layers: ['edge', 'ports', 'core'], packages: /^/u },
  jobs: { layers: ['jobs', 'ports', 'core'], packages: /^p-limit$/u },
  ports: { layers: ['core'], packages: /^$/u },
  core: { layers: ['core'], packages: /^$/u },
  // Of core only types reach the browser.
  page: { layers: ['page', 'core'], packages: /^(?:lightweight-charts|#page\/.+)$/u },
};

const FILE_NAMES: Readonly<Record<string, string>> = {
  utils: 'the concept it holds',
  util: 'the concept it holds',
  common: 'the concept they share',
  misc: 'one file per concept',
  manager: 'a noun for what it owns',
  service: 'a verb in jobs/ or a noun in edge/',
  processor: 'a verb in jobs/',
  helper: 'the concept it holds',
  helpers: 'the concepts they hold',
};
const VARIABLES: Readonly<Record<string, string>> = {
  timestamp: 'eventTimeMs or receiveTimeMs: whose clock, which unit',
  timeout: 'timeoutMs',
};
/** Names allowed for a whole column, but not for a single number. */
const NUMBERS: Readonly<Record<string, string>> = {
  time: 'eventTimeMs, startTimeMs: whose clock, which unit',
  price: 'priceE8, or a name that says the scale',
};
const COMMENT_WORDS: Readonly<Record<string, string>> = {
  TODO: 'an issue',
  FIXME: 'the repair',
  XXX: 'a sentence that says what is odd',
  HACK: 'a sentence that says why',
};

const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|config))?\.(?:ts|mjs)$/u;

export const forbiddenImports: Rule = (file) => {
  const from = layerOf(file.path);
  const may = LAYERS[from] ?? { layers: [], packages: /^$/u };
  return importsOf(file).flatMap((edge) => {
    const to = layerOf(edge.target);
    if (!edge.target.startsWith('src/')) {
      const hint = 'a file in edge/ hides it';
      return may.packages.test(edge.target)
        ? []
        : [`${edge.place} imports ${edge.target}: ${hint}`];
    }
    if (!may.layers.includes(to)) {
      return [`${edge.place} imports ${edge.target}: ${from} may import ${may.layers.join(', ')}`];
    }
    const isValue = from === 'edge' && to === 'ports' && !edge.isTypeOnly;
    return isValue ? [`${edge.place} imports a value of ${edge.target}: types only`] : [];
  });
};

/** The `main` of `src/main.ts`, the `core` of `src/core/bar/fold.ts`. */
function layerOf(path: string): string {
  if (PORTS.includes(path)) return 'ports';
  return path.split('/')[1]?.replace(/\.ts$/u, '') ?? '';
}

/** One import path per thing: no barrel file, no default export. */
export const reExports: Rule = (file) =>
  file.nodes
    .filter(
      (node) =>
        node.type === 'ExportAllDeclaration' ||
        node.type === 'ExportDefaultDeclaration' ||
        (node.type === 'ExportNamedDeclaration' && isNode(node['source'])),
    )
    .map(
      (node) => `${placeOf(file, node)} ${node.type}: export a thing by name where it is declared`,
    );

export const longFiles: Rule = (file) => {
  const max = file.path in LONG_FILES ? LINES_MAX : LINES_ALARM;
  const found = file.lines.length - 1;
  return found > max ? [`${file.path} has ${found} lines: split it below ${max}`] : [];
};

export const longFunctions: Rule = (file) =>
  file.nodes
    .filter((node) => FUNCTIONS.includes(node.type))
    .map((node) => ({ node, lines: lineOf(file, node.end) - lineOf(file, node.start) + 1 }))
    .filter(({ lines }) => lines > FUNCTION_LINES_MAX)
    .map(({ node, lines }) => `${placeOf(file, node)} is a function of ${lines} lines: split it`);

export const fileNames: Rule = (file) => {
  const name = basename(file.path);
  const banned = name.split(/[-.]/u).filter((word) => word in FILE_NAMES);
  return [
    ...(KEBAB_CASE.test(name) ? [] : [`${file.path}: use kebab-case`]),
    ...banned.map((word) => `${file.path}: not ${word}, use ${FILE_NAMES[word] ?? ''}`),
  ];
};

/** Variables and parameters name unit and clock. A property may have the name of a CSV column. */
export const variableNames: Rule = (file) =>
  file.nodes
    .flatMap((node) => boundNames(node))
    .flatMap((binding) => {
      const name = nameOf(binding) ?? '';
      const use = VARIABLES[name] ?? (isNumber(binding) ? NUMBERS[name] : undefined);
      return use === undefined ? [] : [`${placeOf(file, binding)} ${name}: use ${use}`];
    });

function boundNames(node: SyntaxNode): SyntaxNode[] {
  if (node.type === 'VariableDeclarator' && isNode(node['id'])) return [node['id']];
  if (!FUNCTIONS.includes(node.type)) return [];
  const parameters: unknown = node['params'];
  return Array.isArray(parameters) ? parameters.filter((parameter) => isNode(parameter)) : [];
}

function isNumber(binding: SyntaxNode): boolean {
  const annotation = binding['typeAnnotation'];
  const type = isNode(annotation) ? annotation['typeAnnotation'] : undefined;
  return isNode(type) && (type.type === 'TSNumberKeyword' || type.type === 'TSBigIntKeyword');
}

export const forbiddenGlobals: Rule = (file) => [
  ...file.nodes
    .filter((node) => node.type === 'MemberExpression')
    .map((node) => ({ node, name: nameOf(node) ?? '' }))
    .filter(({ name }) => isForbiddenGlobal(name, file.path))
    .map(({ node, name }) => `${placeOf(file, node)} ${name}: use what main or a port hands in`),
  ...importsOf(file)
    .filter((edge) => /^(?:node:)?(?:process|console)$/u.test(edge.target))
    .map((edge) => `${edge.place} imports ${edge.target}: use what main or a port hands in`),
];

function isForbiddenGlobal(name: string, path: string): boolean {
  if (name === 'process.env') return path !== ENVIRONMENT_READER;
  if (name === 'process.exit' || name === 'process.exitCode') return path !== EXITER;
  return name.startsWith('console.');
}

export const openingComment: Rule = (file) => {
  const first = file.text.replace(/^#!.*\n/u, '');
  return /^\/\*\*\s+\S/u.test(first) ? [] : [`${file.path}: open with a doc comment: what it is`];
};

export const looseEnds: Rule = (file) =>
  file.comments.flatMap((comment) =>
    Object.entries(COMMENT_WORDS)
      .filter(([word]) => new RegExp(`\\b${word}\\b`, 'u').test(comment.value))
      .map(([word, use]) => `${file.path}:${lineOf(file, comment.start)} ${word}: use ${use}`),
  );

/** The only casts are those of the brands' constructors, in core/unit/. */
export const typeEscapes: Rule = (file) =>
  file.nodes
    .filter(
      (node) =>
        node.type === 'TSAnyKeyword' ||
        node.type === 'TSNonNullExpression' ||
        node.type === 'TSTypeAssertion' ||
        (node.type === 'TSAsExpression' && !isAllowedCast(node, file.path)),
    )
    .map((node) => `${placeOf(file, node)} ${node.type}: parse, narrow or assert`);

function isAllowedCast(node: SyntaxNode, path: string): boolean {
  const target = node['typeAnnotation'];
  const isConst = isNode(target) && nameOf(target['typeName']) === 'const';
  return isConst || path.startsWith('src/core/unit/');
}

/** One spelling for private class members. */
export const privateNames: Rule = (file) =>
  file.nodes
    .filter((node) => node.type === 'PrivateIdentifier')
    .map((node) => `${placeOf(file, node)} #${String(node['name'])}: use private`);

/** A path of one person's machine. The pattern is spelt so that it does not find itself. */
export const MACHINE_PATH: RegExp = /(?<![\w.:/-])\/(?:work|root|home|Users)\/[\w.-]+/gu;
