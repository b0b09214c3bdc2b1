/** Latin-1 texts, a character for each byte: as bytes, and as the UTF-8 that they may be. */

const NOT_ASCII = /[^\0-\x7f]/;

/** Itself if it is not UTF-8. */
export function utf8Of(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  const percented = text.replaceAll(
    /[%\x80-\xff]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  try {
    return decodeURIComponent(percented);
  } catch {
    return text;
  }
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const LINE_FEED = 10;
const ROOM_BYTES = 16_384;

/** Lines as bytes in one growing buffer, so that no row keeps the piece of the file alive that it was cut from. */
export class ByteLines {
  sizeBytes = 0;
  private buffer = new Uint8Array(ROOM_BYTES);

  add(line: string): void {
    const end = this.sizeBytes + line.length + 1;
    if (end > this.buffer.length) this.grow(end);
    const { buffer } = this;
    let at = this.sizeBytes;
    for (let index = 0; index < line.length; index += 1) {
      buffer[at] = line.charCodeAt(index);
      at += 1;
    }
    buffer[at] = LINE_FEED;
    this.sizeBytes = end;
  }

  bytes(): Uint8Array {
    return this.buffer.slice(0, this.sizeBytes);
  }

  private grow(sizeBytes: number): void {
    const grown = new Uint8Array(Math.max(sizeBytes, 2 * this.buffer.length));
    grown.set(this.buffer.subarray(0, this.sizeBytes));
    this.buffer = grown;
  }
}
