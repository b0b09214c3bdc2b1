/** HTML as a value: what is put into it is escaped, unless it is HTML itself. */

export interface Markup {
  readonly markup: string;
}

/** Nothing of undefined; a list one after the other; text and numbers escaped. */
export type Content = Markup | string | number | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose text is HTML and whose values are content: html`<b>${name}</b>`. Attributes need their quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const texts = parts.map((part, index) => part + markupOf(values[index]));
  return { markup: texts.join('') };
}

/** Text that is HTML already. */
export function trusted(markup: string): Markup {
  return { markup };
}

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (found) => ENTITIES[found] ?? found);
}

function markupOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map((one) => markupOf(one)).join('');
}
