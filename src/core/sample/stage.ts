/** The episodes of one sample recording: which of them plays at a time, if any. */
import type { PatternName } from '../column/pattern-table.js';
import type { Instrument } from '../market/instrument.js';
import type { Random } from '../unit/random.js';
import { assert } from '../unit/errors.js';
import { SECOND_MS } from '../unit/utc-date.js';
import { type EpisodeScript, episodeRange } from './episode-script.js';
import { minutesForEpisodes, scriptsOf } from './episode-scripts.js';
import { StagedMarket, type StageStep } from './staged-market.js';
import type { PlantedEpisode } from './symbol-sample.js';
import { Wire } from './wire.js';

export interface StageSetup {
  readonly kinds: readonly PatternName[];
  readonly startMs: number;
  readonly minutes: number;
  readonly instrument: Instrument;
  readonly rate: number;
  /** Random numbers of their own for a purpose, so that an episode is the same with and without others. */
  readonly random: (purpose: string) => Random;
}

/** An episode that plays. Its rows have a wire of their own: it changes none of the rows around it. */
export interface Playing {
  readonly market: StagedMarket;
  readonly wire: Wire;
}

export class Stage {
  private readonly setup: StageSetup;
  private readonly scripts: readonly EpisodeScript[];
  private index = 0;
  private playing: Playing | undefined;

  constructor(setup: StageSetup) {
    const { kinds, minutes } = setup;
    assert(minutes >= minutesForEpisodes(kinds), 'a recording holds its episodes whole');
    this.setup = setup;
    this.scripts = scriptsOf(kinds);
  }

  /** The episode that plays in a step, moved on to it. Invariant: steps come in order, each once. */
  evolve(step: StageStep): Playing | undefined {
    const script = this.scripts[this.index];
    if (script === undefined) return undefined;
    const { fromMs, toMs } = episodeRange(script);
    if (step.elapsedMs < fromMs) return undefined;
    if (step.elapsedMs >= toMs) {
      this.index += 1;
      this.playing = undefined;
      return this.evolve(step);
    }
    this.playing ??= this.begin(script);
    this.playing.market.evolve(step);
    return this.playing;
  }

  planted(): PlantedEpisode[] {
    const { startMs } = this.setup;
    return this.scripts.map((script) => {
      const { kind, direction, confirmedS } = script;
      const { fromMs, toMs } = episodeRange(script);
      const range = { fromMs: startMs + fromMs, toMs: startMs + toMs };
      return { kind, direction, confirmedMs: startMs + confirmedS * SECOND_MS, range };
    });
  }

  private begin(script: EpisodeScript): Playing {
    const { instrument, rate, random } = this.setup;
    return {
      market: new StagedMarket(script, instrument, random(`episode:${script.kind}`), rate),
      wire: new Wire(random(`wire:${script.kind}`)),
    };
  }
}
