/** The rows of all days by level, each day unpacked when it is first needed. */
import type { Level, ViewData } from '../../core/view/view-data.js';
import { DAY_SECONDS } from '#page/row/day-clock';
import type { RowTable } from '#page/row/packed-rows';
import type { Stretch } from '#page/row/stretch';
import { unpackElement } from '#page/row/unpack';

export class Rows {
  private readonly data: ViewData;
  /** By the id of the element. */
  private readonly tables = new Map<string, RowTable>();
  private readonly loading = new Map<string, Promise<void>>();

  constructor(data: ViewData) {
    this.data = data;
  }

  has(stretch: Stretch): boolean {
    return this.idsOf(stretch).every((id) => this.tables.has(id));
  }

  async load(stretch: Stretch): Promise<void> {
    await Promise.all(this.idsOf(stretch).map((id) => this.loadElement(id)));
  }

  /** Undefined where the day has no such rows; a row counts over all days. */
  at(level: Level, row: number): { readonly table: RowTable; readonly row: number } | undefined {
    const perDay = DAY_SECONDS / level.seconds;
    const day = this.data.days[Math.floor(row / perDay)];
    const table = this.tables.get(day?.rowsIds[level.name] ?? '');
    return table === undefined ? undefined : { table, row: row % perDay };
  }

  number(level: Level, row: number, column: string): number {
    const found = this.at(level, row);
    return found?.table.column(column)?.number(found.row) ?? Number.NaN;
  }

  /** Empty where there is no such cell. */
  text(level: Level, row: number, column: string): string {
    const found = this.at(level, row);
    return found?.table.column(column)?.text(found.row) ?? '';
  }

  /** The most decimals of a column in any day that is loaded. */
  decimals(column: string): number {
    const tables = [...this.tables.values()];
    return Math.max(0, ...tables.map((table) => table.column(column)?.decimals ?? 0));
  }

  private idsOf({ level, fromRow, toRow }: Stretch): string[] {
    const perDay = DAY_SECONDS / level.seconds;
    const [first, last] = [Math.floor(fromRow / perDay), Math.ceil(toRow / perDay)];
    return this.data.days.slice(first, last).flatMap(({ rowsIds }) => rowsIds[level.name] ?? []);
  }

  private async loadElement(id: string): Promise<void> {
    if (this.tables.has(id)) return;
    let loading = this.loading.get(id);
    if (loading === undefined) {
      loading = unpackElement(id).then((table) => void this.tables.set(id, table));
      this.loading.set(id, loading);
    }
    await loading;
  }
}
