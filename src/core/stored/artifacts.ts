/** The files that a report or a manifest lists, and what they are asked by. */
import {
  ARTIFACT_KINDS,
  type ArtifactKind,
  outputOf,
  type FileFormat,
  FILE_FORMATS,
  OUTPUTS,
  PATTERN_SECONDS,
  type Products,
  type WantedFile,
} from '../rule/products.js';
import { distinctResolutions, readResolution, resolutionOf } from '../unit/resolution.js';

/** What tells one file of a day from another. */
export interface FileIdentity {
  readonly kind: string;
  /** Null for a kind that has one file a day. */
  readonly resolution: string | null;
  readonly format: FileFormat;
}

/** The same of a known kind. */
export interface FileName extends FileIdentity {
  readonly kind: ArtifactKind;
}

/**
 * What was asked for to get these files; with patterns, the rows that they are read off, too. An unknown kind or
 * resolution counts for nothing.
 */
export function productsOf(files: readonly FileIdentity[]): Products {
  const kinds = ARTIFACT_KINDS.filter((kind) => files.some((file) => file.kind === kind));
  const outputs = OUTPUTS.filter((output) => kinds.some((kind) => outputOf(kind) === output));
  const named = files.flatMap(({ resolution }) => readResolution(resolution ?? '') ?? []);
  const read = outputs.includes('patterns') ? [resolutionOf(PATTERN_SECONDS)] : [];
  const formats = FILE_FORMATS.filter((format) => files.some((file) => file.format === format));
  return { resolutions: distinctResolutions([...named, ...read]), outputs, formats };
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return (
    one.kind === other.kind && one.resolution === other.resolution && one.format === other.format
  );
}

export function identityOf({ kind, resolution, format }: WantedFile): FileName {
  return { kind, resolution: resolution?.name ?? null, format };
}

/** Bars are read and compared in their exact form. */
export function isBarText({ kind, format }: FileIdentity): boolean {
  return kind === 'bars' && format === 'csv';
}

/** True if each of the wanted files is listed. */
export function areListed(files: readonly FileIdentity[], wanted: readonly WantedFile[]): boolean {
  return wanted.every((one) => isListed(files, identityOf(one)));
}

export function isListed(files: readonly FileIdentity[], wanted: FileIdentity): boolean {
  return files.some((file) => isSameFile(file, wanted));
}

/** `1s bars`, `patterns`, `1s bars as parquet`. */
export function fileWords({ kind, resolution, format }: FileName): string {
  const words = resolution === null ? kind : `${resolution} ${kind}`;
  return format === 'parquet' ? `${words} as parquet` : words;
}
