/** The command that explains what is under the crosshair. The page knows no paths, so it names none. */

export function explainBar(symbol: string, timeMs: number, resolution: string): string {
  const at = new Date(timeMs).toISOString().replace('.000Z', 'Z');
  return `${commandOf(symbol, at)} --resolution ${resolution}`;
}

/** `confirmed`: when the event was known, as its file has it. */
export function explainEvent(symbol: string, confirmed: string): string {
  return `${commandOf(symbol, confirmed)} --event`;
}

function commandOf(symbol: string, at: string): string {
  return `flowbars explain --raw RAW --out OUT --symbol ${symbol} --at ${at}`;
}
