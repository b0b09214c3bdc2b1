/** Where the names of outages stand on the chart. */
import { expect, test } from 'vitest';
import { type DrawnShade, placeNames } from '../../../src/page/chart/shade-names.js';

/** A letter is ten pixels wide, and a name has six more. */
const measure = (text: string): number => text.length * 10;

function placed(shades: readonly [title: string, left: number, right: number][], lines = 1) {
  const drawn = shades.map(([title, left, right]): DrawnShade => ({
    title,
    kind: 'feed_down',
    left,
    right,
  }));
  return placeNames(drawn, { width: 1_000, lines, measure }).map(
    ({ shade, x, line }) => `${shade.title} ${x} ${line}`,
  );
}

test.each<[string, Parameters<typeof placed>[0], string[]]>([
  ['stands where its shade begins', [['down', 100, 300]], ['down 100 0']],
  ['stands at the edge of a shade that begins out of sight', [['down', -500, 300]], ['down 0 0']],
  ['runs on beside a shade shorter than itself', [['down', 100, 102]], ['down 100 0']],
  ['ends with a short shade at the right edge', [['down', 990, 995]], ['down 949 0']],
  ['is left out where its shade is cut and too short for it', [['down', 990, 5_000]], []],
  ['is left out at the left edge likewise', [['down', -900, 10]], []],
])('a name %s', (_, shades, expected) => {
  expect(placed(shades)).toEqual(expected);
});

test('the longest in sight is named first, others where there is room', () => {
  const shades: Parameters<typeof placed>[0] = [
    ['ab', 100, 110],
    ['cd', 120, 150],
    ['ef', 180, 185],
    ['gh', 970, 90_000],
  ];
  expect(placed(shades)).toEqual(['cd 120 0', 'gh 970 0', 'ef 180 0']);
  expect(placed(shades, 2)).toEqual(['cd 120 0', 'gh 970 0', 'ab 100 1', 'ef 180 0']);
});
