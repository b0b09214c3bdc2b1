/** What Python is asked to do: one JSON document on its standard input. */

/** Models without a neural network, in the order of a page. */
export const BASELINE_MODELS = [
  'lightgbm',
  'xgboost',
  'logistic',
  'last_sign',
  'constant',
] as const;
export type BaselineModel = (typeof BASELINE_MODELS)[number];

export const FOUNDATION_KINDS = ['chronos-bolt', 'chronos-2', 'moirai'] as const;
export type FoundationKind = (typeof FOUNDATION_KINDS)[number];

/** The environment of those that run through packages of their own: `npm run train:setup -- --extra`. */
export const EXTRA_ENVIRONMENTS: Readonly<Partial<Record<FoundationKind, string>>> = {
  'chronos-2': 'chronos',
  moirai: 'moirai',
};

/** A model that was trained elsewhere, on other series. */
export interface FoundationModel {
  readonly kind: FoundationKind;
  /** A folder, or the id of a model on a hub. */
  readonly source: string;
  /** Day of release of its weights: it may have been trained on what came before. Undefined: not known. */
  readonly weightsDate: string | undefined;
}

interface Work {
  readonly dataset: string;
  readonly into: string;
  readonly threads: number;
  readonly seed: number;
  /** Round trips in basis points. */
  readonly costsBps: readonly number[];
  readonly placebos: 'full' | 'quick';
}

export interface TrainRequest extends Work {
  readonly command: 'train';
  readonly models: readonly BaselineModel[];
  readonly foundation: FoundationModel | undefined;
}

export interface EvaluateRequest extends Work {
  readonly command: 'evaluate';
  /** Folder of a finished model. */
  readonly modelDir: string;
  readonly isSealed: boolean;
  /** Opens the sealed rows once more, which is counted. */
  readonly isAgain: boolean;
}

export type TrainerRequest = TrainRequest | EvaluateRequest;

/** One line of JSON. */
export function requestText(request: TrainerRequest): string {
  const { command, dataset, into, threads, seed, costsBps, placebos } = request;
  const isTrain = request.command === 'train';
  const document = {
    command,
    dataset,
    into,
    models: isTrain ? request.models : [],
    threads,
    seed,
    placebos,
    costs_bps: costsBps,
    sealed: isTrain ? false : request.isSealed,
    again: isTrain ? false : request.isAgain,
    model_dir: isTrain ? null : request.modelDir,
    foundation: isTrain ? foundationDocument(request.foundation) : null,
  };
  return `${JSON.stringify(document)}\n`;
}

function foundationDocument(model: FoundationModel | undefined): object | null {
  if (model === undefined) return null;
  const { kind, source, weightsDate = null } = model;
  return { kind, source, weights_date: weightsDate };
}
