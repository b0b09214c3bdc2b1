/** A file of SMALL_DAY as a report lists it, with a content that is made up. */
import type { FileName } from '../../../src/core/stored/artifacts.js';
import { artifactName } from '../../../src/core/stored/output-names.js';
import type { Artifact } from '../../../src/core/stored/quality-report.js';
import { codec } from '../../../src/edge/format/codec.js';
import { crc32cHex } from '../../../src/edge/format/crc32c.js';
import { SMALL_DAY } from './aggregating.js';

export function madeUpArtifact({ kind, resolution, format }: FileName, text: string): Artifact {
  const bytes = codec.encode(text);
  return {
    kind,
    resolution,
    format,
    name: artifactName(SMALL_DAY, { kind, resolution, format }),
    bytes: bytes.length,
    rows: 1,
    sha256: codec.sha256(bytes),
    crc32c: crc32cHex(bytes),
    fingerprint: `f of ${text}`,
  };
}
