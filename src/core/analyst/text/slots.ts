/** A text with slots: prose and the facts in it, and what it reads like once the facts are printed. */
import type { Fact } from '../fact/fact.js';

export type Piece =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'slot'; readonly id: string; readonly isSize: boolean };

/** Anything else in brackets stays prose, where a bracket is refused. */
const SLOT = /\[\[([a-z]+(?:[._][a-z]+)*)(:size)?\]\]/u;

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (let found = SLOT.exec(rest); found !== null; found = SLOT.exec(rest)) {
    pieces.push({ kind: 'prose', text: rest.slice(0, found.index) });
    pieces.push({ kind: 'slot', id: found[1] ?? '', isSize: found[2] !== undefined });
    rest = rest.slice(found.index + found[0].length);
  }
  pieces.push({ kind: 'prose', text: rest });
  return pieces;
}

/** What a slot prints; undefined for a fact without that form. */
export function printed(
  { id, isSize }: { readonly id: string; readonly isSize: boolean },
  facts: ReadonlyMap<string, Fact>,
): string | undefined {
  const fact = facts.get(id);
  return isSize ? (fact?.size ?? undefined) : fact?.text;
}

export function renderedText(pieces: readonly Piece[], facts: ReadonlyMap<string, Fact>): string {
  return pieces
    .map((piece) => (piece.kind === 'prose' ? piece.text : (printed(piece, facts) ?? '')))
    .join('');
}
