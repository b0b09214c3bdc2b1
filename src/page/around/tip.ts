/** What is said of an event: beside the mouse, and below the chart for the keyboard and for screen readers. */
import { elementOf } from '#page/style/elements';

const DISTANCE = 14;

export class Tip {
  private readonly status = elementOf('tip', HTMLElement);
  private readonly box: HTMLElement;
  private readonly hover = document.createElement('div');

  constructor(box: HTMLElement) {
    this.box = box;
    this.hover.id = 'hover';
    this.hover.hidden = true;
    box.append(this.hover);
  }

  say(lines: readonly string[]): void {
    this.status.replaceChildren(...paragraphs(lines));
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
