/** SHA-256 of texts for core/, which can neither encode nor hash. */
import type { Digest } from '../../core/stored/fingerprint.js';
import type { Codec } from '../ports.js';

export function digestBy(codec: Codec): Digest {
  return (text) => codec.sha256(codec.encode(text));
}
