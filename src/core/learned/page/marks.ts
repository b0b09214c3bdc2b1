/** Marks of a drawing: a dot, a diamond, a bar. */
import { html, type Markup } from '../../page/html.js';

interface Mark {
  readonly x: number;
  readonly y: number;
  /** Half of its width. */
  readonly size: number;
}

export function circle(name: string, { x, y, size }: Mark, says?: string): Markup {
  const title = says === undefined ? undefined : html`<title>${says}</title>`;
  return html`<circle class="${name}" cx="${x}" cy="${y}" r="${size}">${title}</circle>`;
}

export function diamond(name: string, { x, y, size }: Mark): Markup {
  return html`<path
    class="${name}"
    d="M${x - size} ${y}L${x} ${y - size}L${x + size} ${y}L${x} ${y + size}Z"
  />`;
}

export function bar(
  name: string,
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  says: string,
): Markup {
  return html`<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}">
    <title>${says}</title>
  </rect>`;
}
