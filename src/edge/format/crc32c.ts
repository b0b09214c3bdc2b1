/**
 * CRC-32C as this project writes it (eight lower-case hex digits) and as Google Cloud writes it
 * (base64 of four big-endian bytes). Not zlib's CRC-32, which has another polynomial.
 */
import { crc32c } from '@node-rs/crc32';

const HEX_PATTERN = /^[0-9a-f]{8}$/;

export function crc32cHex(bytes: Uint8Array): string {
  return crc32cHexOf(crc32c(bytes));
}

/** Of the bytes behind those that gave `before`; 0 for none. */
export function crc32cOver(bytes: Uint8Array, before: number): number {
  return crc32c(bytes, before);
}

export function crc32cHexOf(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}

/** Undefined when the text is not four bytes in base64. */
export function crc32cHexOfBase64(base64: string): string | undefined {
  const hex = Buffer.from(base64, 'base64').toString('hex');
  return HEX_PATTERN.test(hex) ? hex : undefined;
}

export function crc32cBase64OfHex(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}
