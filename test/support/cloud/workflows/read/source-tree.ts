/**
 * YAML or JSON to a tree with positions, taking only what every YAML version reads alike: no anchors,
 * tags, merge keys or duplicate keys, and no plain scalar that 1.1 and 1.2 disagree about.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from 'yaml';
import { DeployError, type Position, type Refusals } from './deploy-error.js';
import { SOURCE_BYTES_MAX } from '../run/limits.js';

export type SourceNode = SourceScalar | SourceList | SourceMap;

export interface SourceScalar extends Position {
  readonly kind: 'scalar';
  readonly value: null | boolean | bigint | number | string;
}

export interface SourceList extends Position {
  readonly kind: 'list';
  readonly items: readonly SourceNode[];
}

export interface SourceMap extends Position {
  readonly kind: 'map';
  readonly entries: readonly SourceEntry[];
}

export interface SourceEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: SourceNode;
}

const INTEGER = /^-?(?:0|[1-9][0-9]{0,17})$/u;
const DOUBLE = /^-?(?:0|[1-9][0-9]*)\.[0-9]+$/u;
/** What some YAML version reads as something else than text: yes, ~, 0x1f, 1_000, 2024-01-05, 12:30. */
const UNCERTAIN =
  /^(?:y|n|yes|no|on|off|null|~|[-+.]?[0-9][0-9a-fox_.+\-:eT ]*Z?|[-+]?\.(?:inf|nan))$/iu;

/** Throws the DeployError at once where there is no tree to go on with. */
export function readSource(source: string, refusals: Refusals): SourceNode {
  const top: Position = { line: 1, column: 1 };
  const bytes = Buffer.byteLength(source);
  if (bytes > SOURCE_BYTES_MAX) {
    refusals.refuse(top, `source of ${bytes} bytes, at most ${SOURCE_BYTES_MAX}`);
    refusals.throwIfAny();
  }
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(source, {
    lineCounter,
    schema: 'failsafe',
    uniqueKeys: true,
    prettyErrors: false,
  });
  const place = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const [document, second] = [...documents];
  for (const error of document?.errors ?? []) {
    refusals.refuse(place(error.pos[0]), `parse error: ${error.message}`);
  }
  for (const warning of document?.warnings ?? []) {
    refusals.refuse(place(warning.pos[0]), `parse error: ${warning.message}`);
  }
  if (second !== undefined) refusals.refuse(top, 'parse error: more than one YAML document');
  refusals.throwIfAny();
  if (document?.contents === null || document?.contents === undefined) {
    throw new DeployError([{ ...top, reason: 'parse error: the source is empty' }]);
  }
  const tree = readNode(document.contents, { place, refusals });
  refusals.throwIfAny();
  return tree;
}

interface Reading {
  readonly place: (offset: number) => Position;
  readonly refusals: Refusals;
}

function readNode(node: Node, reading: Reading): SourceNode {
  const at = reading.place(node.range?.[0] ?? 0);
  const { refusals } = reading;
  if (isAlias(node)) {
    refusals.refuse(at, 'YAML alias: not modelled');
    return { kind: 'scalar', value: null, ...at };
  }
  if ((isScalar(node) || isSeq(node) || isMap(node)) && node.anchor !== undefined) {
    refusals.refuse(at, 'YAML anchor: not modelled');
  }
  if (isSeq<Node>(node)) {
    return { kind: 'list', items: node.items.map((item) => readNode(item, reading)), ...at };
  }
  if (isMap<Node, Node | null>(node)) {
    const entries = node.items.map(({ key, value }): SourceEntry => {
      const keyAt = reading.place(key.range?.[0] ?? 0);
      if (value === null) refusals.refuse(keyAt, 'empty value: write null or a value');
      return {
        key: readKey(key, keyAt, refusals),
        keyAt,
        value: value === null ? { kind: 'scalar', value: null, ...at } : readNode(value, reading),
      };
    });
    return { kind: 'map', entries, ...at };
  }
  if (!isScalar(node)) throw new Error('a YAML node of no known kind');
  const text = String(node.value);
  const isPlain = node.type === 'PLAIN';
  return { kind: 'scalar', value: isPlain ? plainValue(text, at, refusals) : text, ...at };
}

function readKey(key: Node, at: Position, refusals: Refusals): string {
  if (!isScalar(key)) {
    refusals.refuse(at, 'a key that is not text: Unterminated expression, or not modelled');
    return '';
  }
  const text = String(key.value);
  if (text === '<<') refusals.refuse(at, 'YAML merge key: not modelled');
  const isText = key.type !== 'PLAIN' || typeof plainValue(text, at, refusals) === 'string';
  if (!isText) refusals.refuse(at, `key '${text}' is not text: quote it`);
  return text;
}

function plainValue(text: string, at: Position, refusals: Refusals): SourceScalar['value'] {
  if (/^(?:true|True|TRUE)$/u.test(text)) return true;
  if (/^(?:false|False|FALSE)$/u.test(text)) return false;
  if (text === 'null') return null;
  if (INTEGER.test(text)) return BigInt(text);
  if (DOUBLE.test(text)) return Number(text);
  if (text === '') refusals.refuse(at, 'empty value: write null or a value');
  if (UNCERTAIN.test(text)) {
    refusals.refuse(at, `scalar '${text}' is read differently by YAML versions: quote it`);
  }
  return text;
}
