/** A text as one word of a command that a person copies into a shell. */

const PLAIN = /^[\p{L}\p{N}_@%+=:,./-]+$/u;

export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
