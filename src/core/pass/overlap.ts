/** Whether differing objects of one chunk minute may hold the same rows of the day twice. */
import { NEIGHBOUR_DAY, type RowColumns } from '../event/row-columns.js';

export class Overlap {
  private readonly names = new Set<string>();
  private lacksId = false;

  /** Takes the admitted rows of an object. */
  take(object: string, rows: RowColumns): void {
    for (let row = 0; row < rows.count; row++) {
      if (rows.outcome[row] === NEIGHBOUR_DAY) continue;
      this.names.add(object);
      if (!rows.hasId(row)) {
        this.lacksId = true;
        return;
      }
    }
  }

  /** The objects with rows of the day, if there are several and one of these rows has no id. */
  get unresolved(): readonly string[] | undefined {
    return this.names.size > 1 && this.lacksId ? [...this.names] : undefined;
  }
}
