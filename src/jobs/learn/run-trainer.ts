/** Has Python train or judge models, and reads what it wrote. */
import { type Evaluation, isEvaluation } from '../../core/learned/evaluation-shape.js';
import {
  readTrainerEvent,
  type TrainerEvent,
  type TrainerProgress,
} from '../../core/learned/trainer/trainer-event.js';
import { requestText, type TrainerRequest } from '../../core/learned/trainer/train-request.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { readJson } from '../../core/unit/json.js';
import type { RunningTrainer, Trainer, TrainerEnd } from '../learning-ports.js';
import type { Clock, Codec, Store } from '../ports.js';

/** Between the request to end and the end by force: a fold is not interrupted. */
export const TRAINER_STOP_MS_MAX = 20_000;
/** Last lines that are kept of what the process says beside its events. */
export const TRAINER_WORDS_MAX = 10;
/** Characters of them that an error quotes. */
const QUOTED_CHARACTERS_MAX = 600;

export const EVALUATION_NAME = 'evaluation.json';

export interface LearnEffects {
  readonly trainer: Trainer;
  /** The folder that is written. */
  readonly into: Store;
  readonly codec: Codec;
  readonly clock: Clock;
  readonly onProgress: (progress: TrainerProgress) => void;
}

export interface Learned {
  readonly evaluation: Evaluation;
  /** Of evaluation.json. */
  readonly sha256: string;
  /** Lines that are no events. */
  readonly words: readonly string[];
}

/** What was learned, or the signal that came first. Throws what Python reports, and errors of kind `world` if it fails. */
export async function runTrainer<Signal extends string>(
  request: TrainerRequest,
  stopped: Promise<Signal>,
  effects: LearnEffects,
): Promise<Learned | Signal> {
  const { trainer, clock, onProgress } = effects;
  const said: { last: TrainerEvent | undefined; readonly words: string[] } = {
    last: undefined,
    words: [],
  };
  const keep = (line: string): void => {
    said.words.push(line);
    if (said.words.length > TRAINER_WORDS_MAX) said.words.shift();
  };
  const running = trainer.start(requestText(request), {
    onStdout: (line) => {
      const event = readTrainerEvent(line);
      if (event === undefined) keep(line);
      else if (event.event === 'progress') onProgress(event);
      else said.last = event;
    },
    onStderr: keep,
  });
  const ended = await Promise.race([running.ended, stopped]);
  if (typeof ended === 'string') {
    await endTrainer(running, clock);
    return ended;
  }
  refuseFailure(said.last, ended, said.words, trainer);
  return { ...(await readEvaluation(effects)), words: said.words };
}

/** Waits until it has ended, so that nothing is written afterwards. */
async function endTrainer({ ended, stop, kill }: RunningTrainer, clock: Clock): Promise<void> {
  stop();
  const late = clock.waitMs(TRAINER_STOP_MS_MAX).then(() => 'late' as const);
  if ((await Promise.race([ended, late])) !== 'late') return;
  kill();
  await ended;
}

function refuseFailure(
  last: TrainerEvent | undefined,
  end: TrainerEnd,
  words: readonly string[],
  { program }: Trainer,
): void {
  if (last?.event === 'error') {
    const { kind, what, found, expected, where } = last;
    throw new FlowbarsError(kind, { what, found, expected, where });
  }
  if (last?.event === 'result' && last.exit_code === 0 && end.exitCode === 0) return;
  const how = end.signal ?? (end.exitCode === undefined ? 'no start' : `exit code ${end.exitCode}`);
  const text = words.join(' ⏎ ').slice(-QUOTED_CHARACTERS_MAX);
  throw new FlowbarsError('world', {
    where: program,
    what: 'training process',
    found: text === '' ? how : `${how}, and it said: ${text}`,
    expected:
      'a result (npm run train:setup makes the environment anew; too little memory also ends it)',
  });
}

async function readEvaluation({
  into,
  codec,
}: LearnEffects): Promise<Pick<Learned, 'evaluation' | 'sha256'>> {
  const content = await into.read(EVALUATION_NAME);
  const evaluation = content === undefined ? undefined : readJson(codec.decode(content.bytes));
  if (content !== undefined && isEvaluation(evaluation)) {
    return { evaluation, sha256: codec.sha256(content.bytes) };
  }
  throw new FlowbarsError('data', {
    where: `${into.root}/${EVALUATION_NAME}`,
    what: 'evaluation',
    found: content === undefined ? 'nothing' : 'another shape',
    expected: 'the document of docs/schema/evaluation.json, as flowbars train writes it',
  });
}
