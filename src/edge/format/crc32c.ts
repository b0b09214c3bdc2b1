/**
 * CRC-32C as this project writes it (eight lower-case hex digits) and as Google Cloud writes it
 * (base64 of four big-endian bytes). Not zlib's CRC-32, which has another polynomial.
 */
import { crc32c } from '@node-rs/crc32';

const HEX_PATTERN = /^[0-9a-f]{8}$/;

export function crc32cHex(bytes: Uint8Array): string {
  return hexOf(crc32c(bytes));
}

/** CRC-32C of bytes that come piece by piece: each is read while it is still in the processor's cache. */
export class RunningCrc32c {
  private state = 0;

  add(bytes: Uint8Array): void {
    this.state = crc32c(bytes, this.state);
  }

  hex(): string {
    return hexOf(this.state);
  }
}

function hexOf(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** Undefined when the text is not four bytes in base64. */
export function crc32cHexOfBase64(base64: string): string | undefined {
  const hex = Buffer.from(base64, 'base64').toString('hex');
  return HEX_PATTERN.test(hex) ? hex : undefined;
}

export function crc32cBase64OfHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
