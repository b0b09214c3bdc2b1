/** What the oracle's rules say of a place, and what is left of it after the refractory time. */

export type Direction = 'up' | 'down';

/** What a rule says of a row (of a minute). Quantities have 18 decimals. */
export interface Said {
  event: boolean;
  control: boolean;
  /** The first row of the window. */
  fromRow: number;
  strength: bigint;
  threshold: bigint;
}

/** One pattern in one direction. */
export interface Rule {
  pattern: string;
  direction: Direction;
  /** Undefined where something that the rule names is missing. */
  at: (place: number) => Said | undefined;
}

export interface Occurrence extends Said {
  pattern: string;
  direction: Direction;
  /** The last row that it looks at. */
  row: number;
}

export interface Occurrences {
  events: Occurrence[];
  controls: Occurrence[];
}

/** Rows, or minutes of 60 rows. */
export interface Places {
  count: number;
  rowsEach: number;
  /** Places that must lie between two events of one rule. */
  refractory: number;
}

/** Events and controls, each suppressed too soon after the last one of its kind. */
export function occurrencesOf(rules: Rule[], places: Places): Occurrences {
  const found: Occurrences = { events: [], controls: [] };
  for (const { pattern, direction, at } of rules) {
    let lastEvent = Number.NEGATIVE_INFINITY;
    let lastControl = Number.NEGATIVE_INFINITY;
    for (let place = 0; place < places.count; place += 1) {
      const said = at(place);
      if (said === undefined) continue;
      const occurrence = { ...said, pattern, direction, row: (place + 1) * places.rowsEach - 1 };
      if (said.event && place - lastEvent >= places.refractory) {
        found.events.push(occurrence);
        lastEvent = place;
      }
      if (said.control && place - lastControl >= places.refractory) {
        found.controls.push(occurrence);
        lastControl = place;
      }
    }
  }
  return found;
}
