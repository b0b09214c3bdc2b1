/** A whole page in one file: it asks for nothing else, so it opens from a folder, from a bucket and offline. */
import { html, type Markup, trusted } from './html.js';
import { STYLE } from './style.js';

/** Modules of the browser by the names that import them, and the one that begins. */
export interface PageScripts {
  readonly modules: ReadonlyMap<string, string>;
  readonly entry: string;
}

/** The command that writes a page, which replaces no other file than a page of its own. */
export type PageCommand =
  | 'view'
  | 'view --site'
  | 'status'
  | 'check'
  | 'explain'
  | 'report'
  | 'train'
  | 'evaluate';

export interface PageDocument {
  readonly command: PageCommand;
  readonly title: string;
  /** Style beside that of all pages. */
  readonly style?: string;
  readonly body: Markup;
  readonly scripts?: PageScripts;
}

/** No page may reach the network: this policy has the browser refuse what a mistake might ask for. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function pageDocument(page: PageDocument): string {
  const { command, title, style = '', body, scripts } = page;
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${generator(command)}
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>${title}</title>
        <style>
          ${trusted(STYLE + style)}
        </style>
      </head>
      <body>
        ${body} ${scripts === undefined ? undefined : scriptTags(scripts)}
      </body>
    </html> `;
  return markup;
}

/** True for any page that the command has written. */
export function isPageOf(command: PageCommand, text: string): boolean {
  return text.includes(generator(command).markup);
}

/** The command that a page names; undefined for any other text. */
export function commandOfPage(text: string): string | undefined {
  return /<meta name="generator" content="flowbars ([^"]+)"/u.exec(text)?.[1];
}

function generator(command: PageCommand): Markup {
  return html`<meta name="generator" content="flowbars ${command}" />`;
}

/** An import map of data URLs: the modules stay modules, and no bundler is needed. */
function scriptTags({ modules, entry }: PageScripts): Markup {
  const imports = Object.fromEntries(
    [...modules].map(([name, code]) => [name, `data:text/javascript,${encodeURIComponent(code)}`]),
  );
  const map = inScript(JSON.stringify({ imports }));
  return html`<script type="importmap">
      ${map}
    </script>
    <script type="module">
      ${inScript(`import ${JSON.stringify(entry)}`)};
    </script>`;
}

/** JSON that a script of the page reads by the id. */
export function dataScript(id: string, data: unknown): Markup {
  return html`<script type="application/json" id="${id}">
    ${inScript(JSON.stringify(data))}
  </script>`;
}

/** Text inside a script element, which no text may close. */
function inScript(text: string): Markup {
  return trusted(text.replaceAll('<', String.raw`\u003c`));
}
