/**
 * Reads YAML as a tree with positions, and takes only what every YAML version reads alike: no anchors,
 * tags or duplicate keys, and no plain scalar on which 1.1 and 1.2 disagree.
 */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { type Position, Refusals } from './deploy-error.js';

export type SourceNode = SourceScalar | SourceList | SourceMap;

export interface SourceScalar extends Position {
  readonly kind: 'scalar';
  readonly value: null | boolean | number | string;
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

const NUMBER = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?$/u;
/** Some YAML version reads these as something else than text: yes, ~, 0x1f, 1_000, 2024-01-05, 12:30. */
const UNCERTAIN =
  /^(?:y|n|yes|no|on|off|null|~|<<|[-+.]?[0-9][0-9a-fox_.+\-:eT ]*Z?|[-+]?\.(?:inf|nan))$/iu;

const NOTHING_HERE = 'parse error: nothing here: write null or a value';

type Place = (offset: number) => Position;

/** Throws a DeployError when the text is not YAML. */
export function readSource(source: string): SourceNode {
  const refusals = new Refusals();
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(source, {
    lineCounter,
    schema: 'failsafe',
    uniqueKeys: true,
    prettyErrors: false,
  });
  const place: Place = (offset) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const [document, second] = [...documents];
  for (const { pos, message } of [...(document?.errors ?? []), ...(document?.warnings ?? [])]) {
    refusals.refuse(place(pos[0]), `parse error: ${message}`);
  }
  if (second !== undefined) refusals.refuse(place(0), 'parse error: more than one YAML document');
  refusals.throwIfAny();
  const tree = readNode(document?.contents ?? null, place(0), place, refusals);
  refusals.throwIfAny();
  return tree;
}

function readNode(
  node: Node | null,
  parent: Position,
  place: Place,
  refusals: Refusals,
): SourceNode {
  if (node === null) {
    refusals.refuse(parent, NOTHING_HERE);
    return { kind: 'scalar', value: null, ...parent };
  }
  const at = place(node.range?.[0] ?? 0);
  if ('anchor' in node && node.anchor !== undefined) {
    refusals.refuse(at, 'YAML anchor: not modelled');
  }
  if (isSeq<Node>(node)) {
    const items = node.items.map((item) => readNode(item, at, place, refusals));
    return { kind: 'list', items, ...at };
  }
  if (isMap<Node, Node | null>(node)) {
    const entries = node.items.map(({ key, value }): SourceEntry => {
      const keyAt = place(key.range?.[0] ?? 0);
      const name = readNode(key, at, place, refusals);
      const isText = name.kind === 'scalar' && typeof name.value === 'string';
      if (!isText) refusals.refuse(keyAt, 'a key that is not text: quote it');
      return {
        key: isText ? name.value : '',
        keyAt,
        value: readNode(value, keyAt, place, refusals),
      };
    });
    return { kind: 'map', entries, ...at };
  }
  if (isScalar(node)) {
    const text = String(node.value);
    const isPlain = node.type === 'PLAIN';
    return { kind: 'scalar', value: isPlain ? plainValue(text, at, refusals) : text, ...at };
  }
  refusals.refuse(at, 'YAML alias: not modelled');
  return { kind: 'scalar', value: null, ...at };
}

function plainValue(text: string, at: Position, refusals: Refusals): SourceScalar['value'] {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (NUMBER.test(text)) return Number(text);
  if (text === '') refusals.refuse(at, NOTHING_HERE);
  if (UNCERTAIN.test(text)) {
    refusals.refuse(at, `scalar '${text}' is read differently by YAML versions: quote it`);
  }
  return text;
}
