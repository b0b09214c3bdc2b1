/** The explanation of a bar as a page of its own for a browser: no script, nothing from elsewhere. */
import type { Explained } from '../explain/explained-shape.js';
import { pageDocument } from '../page/document.js';
import { html, type Markup } from '../page/html.js';
import type { Block, Section, SectionTable } from './section.js';
import { sectionsOf, titleOf } from './sections.js';

/** Rows of each table on the page. */
export const PAGE_ROWS_MAX = 1_000;

const PAGE_STYLE = `
.cells th{width:11em;font-family:ui-monospace,monospace}
.cells td.number{text-align:left;font-weight:600;width:11em}
.note td{border-bottom:1px solid var(--line);padding-top:0;color:var(--quiet);white-space:normal}
tr.has-note td{border-bottom:none}
.bad{border-left:3px solid var(--bad);padding-left:9px}
.further{color:var(--quiet)}
.cells td,p{overflow-wrap:anywhere}
@media (max-width:640px){.cells tr{display:grid;grid-template-columns:10em 1fr;border-bottom:1px solid var(--line)}
.cells th,.cells td{border:none;width:auto}.cells td:last-child{grid-column:1/-1;padding-top:0}}
`;

export function explainedPage(bar: Explained): string {
  const [head, ...sections] = sectionsOf(bar, PAGE_ROWS_MAX);
  const top =
    head === undefined
      ? undefined
      : html`<h1>${head.title}</h1>
          ${blocksOf(head)}`;
  return pageDocument({
    command: 'explain',
    title: `${titleOf(bar)}, explained`,
    style: PAGE_STYLE,
    body: html`<main>${top}${sections.map(sectionMarkup)}</main>
      <footer>flowbars explain: raw ${bar.raw}, out ${bar.out}</footer>`,
  });
}

function sectionMarkup(section: Section): Markup {
  return html`<section>
    <h2>${section.title}</h2>
    ${blocksOf(section)}
  </section>`;
}

function blocksOf({ blocks, isBad }: Section): Markup {
  const all = blocks.map(blockMarkup);
  return isBad === true ? html`<div class="bad">${all}</div>` : html`${all}`;
}

function blockMarkup(block: Block): Markup {
  switch (block.kind) {
    case 'lines':
      return html`${block.lines.map((line) => html`<p>${line}</p>`)}`;
    case 'cells':
      return cellsMarkup(block.cells);
    case 'table':
      return tableMarkup(block);
    default:
      return block satisfies never;
  }
}

function cellsMarkup(cells: Extract<Block, { readonly kind: 'cells' }>['cells']): Markup {
  const rows = cells.map(
    ({ name, value, how, further, isBad }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td class="number">${value === '' ? '(empty)' : value}</td>
        <td class="${isBad ? 'bad' : ''}">
          ${how}${further.map((line) => html`<div class="further">${line}</div>`)}
        </td>
      </tr>`,
  );
  return html`<div class="wide">
    <table class="cells">
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function tableMarkup({ columns, rows, omitted, omittedAt }: SectionTable): Markup {
  const width = columns.length;
  const across = (text: string): Markup =>
    html`<tr class="note">
      <td colspan="${width}">${text}</td>
    </tr>`;
  const body = rows.flatMap(({ cells, note }, at) => [
    ...(omitted > 0 && at === omittedAt ? [across(`… ${omitted} more`)] : []),
    html`<tr class="${note === undefined ? '' : 'has-note'}">
      ${cells.map((cell, index) => html`<td class="${numberClass(columns[index]?.align)}">${cell}</td>`)}
    </tr>`,
    ...(note === undefined ? [] : [across(note)]),
  ]);
  const head = columns.map(
    ({ title, align }) => html`<th scope="col" class="${numberClass(align)}">${title}</th>`,
  );
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}

function numberClass(align: 'left' | 'right' | undefined): string {
  return align === 'right' ? 'number' : '';
}
