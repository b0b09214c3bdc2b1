/** Sizes in words, so that a text may call a number small without printing it. Each scale states its rule. */

/** Words up to a limit, the last one beyond all of them. */
export interface SizeScale {
  readonly of: string;
  readonly steps: readonly (readonly [below: number, word: string])[];
  readonly beyond: string;
}

export const MOVE_SCALE: SizeScale = {
  of: 'absolute move in bps',
  steps: [
    [1, 'negligible'],
    [10, 'slight'],
    [50, 'small'],
    [200, 'moderate'],
    [500, 'large'],
  ],
  beyond: 'very large',
};
export const LEAN_SCALE: SizeScale = {
  of: 'absolute delta in percent of the volume',
  steps: [
    [1, 'negligible'],
    [5, 'slight'],
    [15, 'clear'],
  ],
  beyond: 'heavy',
};
export const SPREAD_SCALE: SizeScale = {
  of: 'spread in bps',
  steps: [
    [0.5, 'tight'],
    [5, 'moderate'],
  ],
  beyond: 'wide',
};
export const BALANCE_SCALE: SizeScale = {
  of: 'absolute distance from an even book',
  steps: [
    [0.02, 'even'],
    [0.1, 'slightly tilted'],
  ],
  beyond: 'markedly tilted',
};
export const COVERAGE_SCALE: SizeScale = {
  of: 'share without outage',
  steps: [
    [0.5, 'poor'],
    [0.99, 'partial'],
    [1, 'nearly whole'],
  ],
  beyond: 'whole',
};

export interface Size {
  readonly size: string;
  readonly size_rule: string;
}

export function sizeOn({ of, steps, beyond }: SizeScale, amount: number): Size {
  const size = steps.find(([below]) => amount < below)?.[1] ?? beyond;
  const rule = steps.map(([below, word]) => `below ${below} ${word}`).join(', ');
  return { size, size_rule: `${of}: ${rule}, else ${beyond}` };
}
