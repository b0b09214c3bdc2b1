/** Counts the exec_types of excluded trades, to say which they were. */

/** Different texts that are told apart; rows with further ones are counted together. */
export const EXCLUDED_TYPES_MAX = 100;

export class ExcludedTypes {
  private readonly counts = new Map<string, number>();
  private others = 0;

  /** Undefined: the row was not excluded for its exec_type. */
  note(type: string | undefined): void {
    if (type === undefined) return;
    const count = this.counts.get(type);
    if (count === undefined && this.counts.size === EXCLUDED_TYPES_MAX) this.others += 1;
    else this.counts.set(type, (count ?? 0) + 1);
  }

  /** Adds the counts of rows after these; none of them is unnamed. */
  merge(next: this): void {
    for (const [type, count] of next.counts) {
      const known = this.counts.get(type);
      if (known === undefined && this.counts.size === EXCLUDED_TYPES_MAX) this.others += count;
      else this.counts.set(type, (known ?? 0) + count);
    }
  }

  /** The most frequent first, then by text. */
  named(): { readonly type: string; readonly count: number }[] {
    return [...this.counts]
      .map(([type, count]) => ({ type, count }))
      .toSorted((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
  }

  /** Rows whose exec_type is not among `named`. */
  get unnamed(): number {
    return this.others;
  }
}
