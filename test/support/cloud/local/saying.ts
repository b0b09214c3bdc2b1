/** Says what is being done while it takes long: at once, and then again and again until it ends. */

export interface Saying {
  readonly print: (line: string) => void;
  /** By default ten seconds. */
  readonly everyMs?: number;
}

/** `work` gets a function that names its present step. */
export async function saying<T>(
  what: string,
  work: (step: (now: string) => void) => Promise<T>,
  { print, everyMs = 10_000 }: Saying,
): Promise<T> {
  const startedMs = Date.now();
  let now = what;
  print(`${now} …`);
  const timer = setInterval(() => {
    print(`${now} … ${Math.round((Date.now() - startedMs) / 1_000)} s`);
  }, everyMs);
  const step = (next: string): void => {
    now = next;
    print(`${now} …`);
  };
  try {
    return await work(step);
  } finally {
    clearInterval(timer);
  }
}
