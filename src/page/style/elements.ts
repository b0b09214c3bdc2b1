/** Elements of the page by their ids. */

/** Throws if the page has no such element: the page and its scripts come from one build. */
export function elementOf<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.querySelector(`#${id}`);
  if (element instanceof kind) return element;
  throw new Error(`invariant broken: the page has no ${id}`);
}

export function buttonsWith(attribute: string): HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>(`button[data-${attribute}]`)];
}
