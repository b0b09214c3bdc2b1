/** SHA-256 of texts for core/, which knows neither bytes of texts nor digests. */
import type { Digest } from '../../core/stored/fingerprint.js';
import type { Codec } from '../ports.js';

export function digestBy(codec: Codec): Digest {
  return (text) => codec.sha256(codec.encode(text));
}
