/** The table of all cells of the bar under the crosshair, each exactly as its file has it. */
import { clockText } from '#page/row/day-clock';
import { explainBar } from '#page/around/explain-line';
import type { Place } from '#page/chart/day-chart';
import { elementOf } from '#page/style/elements';
import type { Rows } from '#page/row/rows';

export class Cells {
  private readonly rows: Rows;
  private readonly symbol: string;
  private readonly command = elementOf('explain', HTMLElement);
  private readonly title = elementOf('cells-time', HTMLElement);
  private readonly cells: readonly { readonly element: HTMLElement; readonly column: string }[];

  constructor(rows: Rows, symbol: string) {
    this.rows = rows;
    this.symbol = symbol;
    const found = document.querySelectorAll<HTMLElement>('#cells [data-column]');
    this.cells = Array.from(found, (element) => ({
      element,
      column: element.dataset['column'] ?? '',
    }));
  }

  show({ level, row }: Place, timeMs: number): void {
    this.title.textContent = `${clockText(timeMs)}, ${level.name}`;
    this.command.textContent = explainBar(this.symbol, timeMs, level.name);
    for (const { element, column } of this.cells) {
      const text = this.rows.text(level, row, column);
      element.textContent = text;
      element.classList.toggle('empty', text === '');
    }
  }
}
