/** Pictures of the page of a day beside references that a person has looked at. */
import { describe, expect, test } from 'vitest';
import { chromiumPath, type Screen } from '../support/browser/browser.js';
import * as see from '../support/browser/day-view.js';
import {
  differingShare,
  isUpdating,
  referencePicture,
  smallPicture,
  writeReference,
} from '../support/browser/picture.js';
import { viewSuite } from '../support/browser/view-suite.js';

/** Of the pixels of a small picture. */
const DIFFERING_MOST = 0.04;

const view = viewSuite();

interface Picture extends Screen {
  readonly name: string;
  readonly keys: readonly string[];
}

const PICTURES: readonly Picture[] = [
  { name: 'all-light', theme: 'light', keys: ['Escape'] },
  { name: 'all-dark', theme: 'dark', keys: ['Escape'] },
  { name: 'outages-dark', theme: 'dark', keys: ['Home', '1', 'Escape'] },
  { name: 'narrow-light', theme: 'light', width: 360, height: 1_600, keys: ['Escape'] },
];

describe.skipIf(chromiumPath === undefined)('the page of a day looks as it did', () => {
  test.each(PICTURES)('$name', async ({ name, keys, ...screen }) => {
    const { page } = await view.open(screen);
    await see.press(page, ...keys);
    await page.locator('#chart').blur();
    const picture = await smallPicture(page);
    if (isUpdating) writeReference(name, picture);
    const reference = referencePicture(name);
    expect(reference, `no reference ${name}: UPDATE_PICTURES=1 writes it`).toBeDefined();
    expect(await differingShare(page, picture, reference ?? '')).toBeLessThan(DIFFERING_MOST);
    // The comparison sees another theme, and another part of the day.
    for (const other of PICTURES.filter((one) => one.name !== name)) {
      const share = await differingShare(page, picture, referencePicture(other.name) ?? picture);
      expect(share, other.name).toBeGreaterThan(DIFFERING_MOST);
    }
  });
});
