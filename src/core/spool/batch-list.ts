/**
 * The list beside a batch of files that wait in the spool: the root and recording that they belong to, and their objects. The n-th
 * object is the file `n`, so that no symbol is too long for the name of a file.
 */
import { type Guard, guardOf } from '../shape/guard.js';
import type { ValueOf } from '../shape/shape.js';
import { readJson } from '../unit/json.js';
import { asciiJson, type SegmentHead } from './segment.js';

const BATCH_SHAPES = {
  batch: {
    is: 'object',
    fields: {
      root: { is: 'text' },
      market: { is: 'text' },
      span: { is: 'word', of: ['1m', '1h'] },
      /** Of all files. */
      bytes: { is: 'count' },
      objects: { is: 'list', of: { is: 'name' } },
    },
  },
} as const;

export type BatchList = ValueOf<(typeof BATCH_SHAPES)['batch'], typeof BATCH_SHAPES>;

/** Where a recording is stored, and what it is. */
export type Destination = Pick<SegmentHead, 'root' | 'market' | 'span'>;

const isBatchList: Guard<BatchList> = guardOf('batch', BATCH_SHAPES);

export function batchText(list: BatchList): string {
  return asciiJson(list);
}

/** Undefined if it is no list. */
export function parseBatch(text: string): BatchList | undefined {
  const value = readJson(text);
  return isBatchList(value) ? value : undefined;
}

export function isSameDestination(one: Destination, other: Destination): boolean {
  return one.root === other.root && one.market === other.market && one.span === other.span;
}
