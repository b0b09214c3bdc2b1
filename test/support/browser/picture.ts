/**
 * Pictures of pages beside references. Both are made an eighth as large first, which blurs letters: fonts and their
 * edges differ between machines, the layout and the colours must not. UPDATE_PICTURES=1 writes references anew; look at
 * each before it is committed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

const REFERENCES = join(import.meta.dirname, 'references');
const SCALE = 8;
/** Of 255, in one of three colours: less may be an edge. */
const DIFFERENCE_LEAST = 40;

/** A small picture as PNG, base64. */
export async function smallPicture(page: Page): Promise<string> {
  const shot = (await page.screenshot({ animations: 'disabled', caret: 'hide' })).toString(
    'base64',
  );
  return await onCanvas<string>(
    page,
    `const [image] = await Promise.all([load(${JSON.stringify(shot)})]);
     const canvas = draw(image, Math.round(image.width / ${SCALE}), Math.round(image.height / ${SCALE}));
     return canvas.toDataURL('image/png').split(',')[1];`,
  );
}

/** Share of the pixels that differ; all of them where the sizes do. */
export async function differingShare(page: Page, one: string, other: string): Promise<number> {
  return await onCanvas<number>(
    page,
    `const [a, b] = await Promise.all([load(${JSON.stringify(one)}), load(${JSON.stringify(other)})]);
     if (a.width !== b.width || a.height !== b.height) return 1;
     const [x, y] = [a, b].map((image) => draw(image, image.width, image.height)
       .getContext('2d').getImageData(0, 0, image.width, image.height).data);
     let count = 0;
     for (let at = 0; at < x.length; at += 4) {
       const most = Math.max(...[0, 1, 2].map((colour) => Math.abs(x[at + colour] - y[at + colour])));
       if (most > ${DIFFERENCE_LEAST}) count += 1;
     }
     return count / (x.length / 4);`,
  );
}

export function referencePicture(name: string): string | undefined {
  const path = join(REFERENCES, `${name}.png`);
  return existsSync(path) ? readFileSync(path).toString('base64') : undefined;
}

/** True if references are to be written, which CI never does. */
export const isUpdating: boolean =
  process.env['UPDATE_PICTURES'] === '1' && process.env['CI'] === undefined;

export function writeReference(name: string, picture: string): void {
  const path = join(REFERENCES, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(picture, 'base64'));
}

/** An empty page of the same browser works with pictures: it decodes and scales them as it draws them. */
async function onCanvas<Value>(page: Page, code: string): Promise<Value> {
  const empty = await page.context().newPage();
  try {
    return await empty.evaluate<Value>(`(async () => {
      const load = (text) => new Promise((settle, reject) => {
        const image = new Image();
        image.onload = () => settle(image);
        image.onerror = reject;
        image.src = 'data:image/png;base64,' + text;
      });
      const draw = (image, width, height) => {
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        const context = canvas.getContext('2d');
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, width, height);
        return canvas;
      };
      ${code}
    })()`);
  } finally {
    await empty.close();
  }
}
