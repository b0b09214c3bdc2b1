/** Colours of the page's style, for what is not drawn by it. */

/** The value of `--name`. */
export function themeColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
