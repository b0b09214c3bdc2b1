/** Reads pages as a test needs them: tags and their attributes, unescaped. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What follows up to the next tag, unescaped. */
  readonly text: string;
}

/** Every opening tag of a page, in order; style and scripts are left out. */
export function tagsOf(page: string): Tag[] {
  const visible = page.replaceAll(/<(style|script)\b[\s\S]*?<\/\1>/gu, '');
  return [
    ...visible.matchAll(/<([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>([^<]*)/gu),
  ].map(([, name = '', attributes = '', text = '']) => ({
    name,
    attributes: Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/gu)].map(([, key = '', value = '']) => [
        key,
        plain(value),
      ]),
    ),
    text: plain(text).trim(),
  }));
}

/** The places of a page that it links to, without their fragments. */
export function hrefsOf(page: string): string[] {
  return tagsOf(page).flatMap(({ attributes }) => attributes['href'] ?? []);
}

/** Its text, one blank between words. */
export function textOf(page: string): string {
  const body = page.slice(page.indexOf('<body'));
  return plain(body.replaceAll(/<[^>]*>/gu, ' '))
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function plain(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => ENTITIES[entity] ?? entity);
}
