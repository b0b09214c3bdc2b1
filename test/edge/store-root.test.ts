/** The store of a root, and whether two roots overlap. */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FlowbarsError } from '../../src/core/unit/errors.js';
import { openStore, relativeRoot, rootsOverlap } from '../../src/edge/store-root.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowbars-roots-'));
  await mkdir(join(folder, 'raw/deep'), { recursive: true });
  await symlink(join(folder, 'raw'), join(folder, 'link'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('openStore', () => {
  it.each([
    ['raw', 'raw'],
    ['./gs', './gs'],
    ['/data/with space', '/data/with space'],
    ['gs://some-bucket', 'gs://some-bucket'],
    ['gs://some-bucket/', 'gs://some-bucket'],
    ['gs://some_bucket.example.org//a/b//', 'gs://some_bucket.example.org/a/b'],
  ])('opens %s', (uri, root) => {
    expect(openStore(uri).root).toBe(root);
  });

  it.each([
    ['', "''"],
    ['  ', "'  '"],
    ['gs://', "bucket ''"],
    ['gs:///folder', "bucket ''"],
    ['gs://Bucket/folder', "bucket 'Bucket'"],
    ['gs://some-bucket/a/../b', "folder '..'"],
    ['gs:/some-bucket/folder', "'gs:/some-bucket/folder'"],
    ['GS://some-bucket', "scheme 'GS'"],
    ['s3://some-bucket/folder', "scheme 's3'"],
    ['https://storage.googleapis.com/some-bucket', "scheme 'https'"],
    ['file:///data', "scheme 'file'"],
  ])("refuses '%s'", (uri, found) => {
    expect(() => openStore(uri)).toThrow(
      expect.objectContaining({
        kind: 'usage',
        message: `'${uri}' root: found ${found}, expected a folder or gs://bucket/prefix`,
      }),
    );
  });

  it('shares the reads of a bucket, and none of a folder', () => {
    const bucket = openStore('gs://some-bucket');
    const fourth = bucket.asOneOf?.(4);
    expect([bucket.readsAtOnce, fourth?.readsAtOnce, fourth?.root]).toEqual([96, 24, bucket.root]);
    expect(openStore('raw')).not.toHaveProperty('asOneOf');
  });

  it('refuses a malformed endpoint', () => {
    expect(() => openStore('gs://some-bucket', { gcsEndpoint: 'localhost:4443' })).toThrow(
      FlowbarsError,
    );
  });
});

function check(one: string, other: string, expected: boolean): void {
  expect([rootsOverlap(one, other), rootsOverlap(other, one)]).toEqual([expected, expected]);
}

describe('rootsOverlap', () => {
  it.each([
    ['gs://bucket', 'gs://bucket/out', true],
    ['gs://bucket/a/', 'gs://bucket//a', true],
    ['gs://bucket/a', 'gs://bucket/a/b', true],
    ['gs://bucket/a', 'gs://bucket/ab', false],
    ['gs://bucket/a', 'gs://bucket2/a', false],
    ['gs://bucket/a', '/bucket/a', false],
    ['/', '/out', true],
    ['raw', 'raw/', true],
    ['raw', './x/../raw/out', true],
    ['raw', 'raw2', false],
    ['.', 'out', true],
  ])('of %s and %s is %s', (one, other, expected) => {
    check(one, other, expected);
  });

  it('follows links, also to what does not exist yet', () => {
    check(join(folder, 'raw'), join(folder, 'link'), true);
    check(join(folder, 'raw/deep'), join(folder, 'link/deep/out/new'), true);
    check(join(folder, 'link/out/new'), join(folder, 'raw'), true);
    check(join(folder, 'link/out'), join(folder, 'raw/deep'), false);
    check(relative('.', join(folder, 'raw')), join(folder, 'link/deep'), true);
  });
});

describe('relativeRoot', () => {
  it.each([
    ['gs://bars/agg/_site', 'gs://bars/agg', '..'],
    ['gs://bars/agg', 'gs://bars/agg/_site', '_site'],
    ['gs://bars/agg/', 'gs://bars//agg', ''],
    ['gs://bars/site', 'gs://bars/agg', '../agg'],
    ['gs://bars', 'gs://bars/agg', 'agg'],
    ['gs://bars/ab', 'gs://bars/a', '../a'],
    ['a/pages', 'a/out', '../out'],
    ['a', 'a', ''],
    ['gs://bars/site', 'gs://other/agg', undefined],
    ['pages', 'gs://other/agg', undefined],
    ['gs://other/agg', 'pages', undefined],
  ])('from %s to %s is %s', (from, to, way) => {
    expect(relativeRoot(from, to)).toBe(way);
  });

  it('follows links', () => {
    expect(relativeRoot(join(folder, 'raw'), join(folder, 'link/deep'))).toBe('deep');
  });
});
