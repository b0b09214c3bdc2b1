/** What is assigned when a step begins, as far as the source tells: on some path, and on every path. */

export interface Known {
  readonly may: ReadonlySet<string>;
  readonly must: ReadonlySet<string>;
}

/** Undefined is a place that no path reaches. */
export type Reached = Known | undefined;

export function joined(...reached: readonly Reached[]): Reached {
  let sum: Reached;
  for (const one of reached) {
    if (one === undefined) continue;
    sum =
      sum === undefined
        ? one
        : { may: new Set([...sum.may, ...one.may]), must: common(sum.must, one.must) };
  }
  return sum;
}

/** With only the names that exist outside. */
export function within(reached: Reached, names: ReadonlySet<string>): Reached {
  if (reached === undefined) return undefined;
  return { may: common(reached.may, names), must: common(reached.must, names) };
}

export function withName({ may, must }: Known, ...names: readonly string[]): Known {
  return { may: new Set([...may, ...names]), must: new Set([...must, ...names]) };
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  return new Set([...a].filter((name) => b.has(name)));
}
