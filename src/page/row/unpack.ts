/** Rows out of an element of the page: base64, gzip, then columns. */
import { readRows, type RowTable } from '#page/row/packed-rows';

export async function unpackElement(id: string): Promise<RowTable> {
  const element = document.querySelector(`#${CSS.escape(id)}`);
  const text = element?.textContent.trim() ?? '';
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  // It is read once; its text would stay in memory beside the numbers.
  element?.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return readRows(new Uint8Array(await new Response(stream).arrayBuffer()));
}
