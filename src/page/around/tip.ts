/** What is said of an event: beside the mouse, and below the chart for the keyboard and for screen readers. */
import { elementOf } from '#page/style/elements';
import type { Span } from '#page/row/stretch';

const DISTANCE = 14;

export class Tip {
  private readonly status = elementOf('tip', HTMLElement);
  private readonly box: HTMLElement;
  private about: readonly number[] = [];
  private readonly hover = document.createElement('div');

  constructor(box: HTMLElement) {
    this.box = box;
    this.hover.id = 'hover';
    this.hover.hidden = true;
    box.append(this.hover);
  }

  /** `about`: seconds of which something is said; without them it is said of nowhere. */
  say(lines: readonly string[], about: readonly number[] = []): void {
    this.about = about;
    this.status.replaceChildren(...paragraphs(lines));
  }

  /** What was said goes when none of it is in sight any more. */
  keepWithin({ from, to }: Span): void {
    const isSeen = this.about.some((second) => second >= from && second < to);
    if (this.about.length > 0 && !isSeen) this.say([]);
  }

  /** Undefined: nothing is under the mouse. */
  hoverAt(place: { readonly x: number; readonly y: number } | undefined, lines: string[]): void {
    this.hover.hidden = place === undefined;
    if (place === undefined) return;
    this.hover.replaceChildren(...paragraphs(lines));
    const { clientWidth: width, clientHeight: height } = this.box;
    const left = Math.min(place.x + DISTANCE, width - this.hover.offsetWidth - 4);
    const top = Math.min(place.y + DISTANCE, height - this.hover.offsetHeight - 4);
    this.hover.style.left = `${Math.max(4, left)}px`;
    this.hover.style.top = `${Math.max(4, top)}px`;
  }
}

function paragraphs(lines: readonly string[]): HTMLElement[] {
  return lines.map((text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    return paragraph;
  });
}
