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

/** Where a page leads to, but for the home page of who draws its charts. */
export function hrefsOf(page: string): string[] {
  const hrefs = tagsOf(page).flatMap(({ attributes }) => attributes['href'] ?? []);
  return hrefs.filter((href) => !href.startsWith('https://www.tradingview.com/'));
}

/** Its text, one blank between words. */
export function textOf(page: string): string {
  const body = page.slice(page.indexOf('<body'));
  return plain(body.replaceAll(/<[^>]*>/gu, ' '))
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Where a link of a page leads, as a name below the root that both have, and the id of a place in it. */
export function targetOf(
  href: string,
  page: string,
): { readonly name: string; readonly id: string } {
  const { pathname, hash } = new URL(href, `https://host/${encodeURI(page)}`);
  return { name: decodeURIComponent(pathname.slice(1)), id: hash.slice(1) };
}

/** Links that lead to nothing: a missing file, or a missing place in a page. `read`: undefined for a missing file. */
export function brokenLinks(
  pages: readonly string[],
  read: (name: string) => string | undefined,
): { readonly broken: string[]; readonly seen: number } {
  const links = pages.flatMap((page) =>
    hrefsOf(read(page) ?? '').map((href) => ({ page, href, ...targetOf(href, page) })),
  );
  const isBroken = ({ name, id }: (typeof links)[number]): boolean => {
    const content = read(name);
    if (content === undefined) return true;
    return id !== '' && !tagsOf(content).some(({ attributes }) => attributes['id'] === id);
  };
  const broken = links.filter(isBroken).map(({ page, href }) => `${page}: ${href}`);
  return { broken, seen: links.length };
}

function plain(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/gu, (entity) => ENTITIES[entity] ?? entity);
}
