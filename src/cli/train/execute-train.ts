/** Has models trained or judged by Python and shows the verdict, for `flowbars train` and `flowbars evaluate`. */
import { evaluationPage } from '../../core/learned/page/evaluation-page.js';
import type { Evaluation } from '../../core/learned/evaluation-shape.js';
import {
  EXTRA_ENVIRONMENTS,
  type TrainerRequest,
} from '../../core/learned/trainer/train-request.js';
import { verdictSentence } from '../../core/learned/verdict-words.js';
import { FlowbarsError } from '../../core/unit/errors.js';
import { refuse } from '../../core/unit/typed-text.js';
import { codec } from '../../edge/format/codec.js';
import { machineVariables } from '../../edge/process/cloud-run.js';
import { openTrainer, trainFolder, trainPython, trainSetup } from '../../edge/process/trainer.js';
import { openStore, rootsOverlap } from '../../edge/store-root.js';
import { EVALUATION_NAME, type Learned, runTrainer } from '../../jobs/learn/run-trainer.js';
import type { Trainer } from '../../jobs/learning-ports.js';
import type { Store } from '../../jobs/ports.js';
import type { World } from '../command/command.js';
import { EXIT_GOOD } from '../command/exit-code.js';
import type { Given, Option } from '../option/option.js';
import { askedFormat, printOutput } from '../screen/output.js';
import { printCommand, printLine } from '../screen/page.js';
import { shellWord } from '../screen/shell-word.js';
import { printClosing } from '../screen/verdict.js';
import { sayStopped } from '../screen/watch.js';
import { againOption, sealedOption } from './evaluate.js';
import { printEvaluation } from './evaluation-table.js';
import { trainerLine } from './trainer-line.js';
import * as train from './train-options.js';

const REPORT_NAME = 'report.html';
const CARD_NAME = 'card.json';

export async function executeTrain(given: Given, world: World): Promise<number> {
  const models = given.value(train.modelsOption);
  const named = given.optional(train.foundationOption);
  const weightsDate = given.optional(train.weightsDateOption);
  if (named === undefined && models.length === 0) {
    refuse(
      `--${train.modelsOption.name}`,
      'models',
      'none',
      `some, or --${train.foundationOption.name}`,
    );
  }
  if (named === undefined && weightsDate !== undefined) {
    const where = given.where(train.weightsDateOption);
    refuse(where, 'day', `'${weightsDate}'`, `none without --${train.foundationOption.name}`);
  }
  const foundation = named === undefined ? undefined : { ...named, weightsDate };
  const { into, work } = await openWork(given);
  return await learn({ command: 'train', ...work, models, foundation }, into, given, world);
}

export async function executeEvaluate(given: Given, world: World): Promise<number> {
  const isSealed = given.value(sealedOption);
  const isAgain = given.value(againOption);
  if (isAgain && !isSealed) {
    refuse(given.where(againOption), 'option', 'it without --sealed', 'both, or neither');
  }
  const { store: model, folder: modelDir } = openFolder(train.modelFolderOption, given);
  const isModel = (await model.read(CARD_NAME)) !== undefined;
  if (!isModel)
    refuseNoCard(train.modelFolderOption, model, "a model's, such as trained/lightgbm", given);
  const { into, work } = await openWork(given);
  return await learn(
    { command: 'evaluate', ...work, modelDir, isSealed, isAgain },
    into,
    given,
    world,
  );
}

type Work = Omit<
  Extract<TrainerRequest, { readonly command: 'train' }>,
  'command' | 'models' | 'foundation'
>;

/** Throws usage errors for folders that are not what they should be. */
async function openWork(given: Given): Promise<{ readonly into: Store; readonly work: Work }> {
  const { store: data, folder: dataset } = openFolder(train.datasetOption, given);
  const { store: into, folder } = openFolder(train.intoFolderOption, given);
  if (rootsOverlap(dataset, folder)) {
    const found = `'${folder}' with dataset '${dataset}'`;
    refuse(
      given.where(train.intoFolderOption),
      'folder',
      found,
      'two folders, neither inside the other',
    );
  }
  if ((await data.read(CARD_NAME)) === undefined) {
    refuseNoCard(train.datasetOption, data, 'the folder that flowbars dataset wrote', given);
  }
  // It is replaced as a whole, so it must not hold anything else.
  const [other] = await filesOf(into);
  if (other !== undefined && (await into.read(EVALUATION_NAME)) === undefined) {
    const found = `'${folder}', which holds ${other.name}`;
    const expected = 'a new or an empty folder, or one that flowbars train or evaluate wrote';
    refuse(given.where(train.intoFolderOption), 'folder', found, expected);
  }
  const work = {
    dataset,
    into: folder,
    threads: given.value(train.trainThreadsOption),
    seed: given.value(train.seedOption),
    costsBps: given.value(train.costsOption),
    placebos: given.value(train.placebosOption),
  };
  return { into, work };
}

async function filesOf(store: Store): Promise<readonly { readonly name: string }[]> {
  try {
    return await store.list('');
  } catch (error) {
    if (error instanceof FlowbarsError && error.kind === 'absent') return [];
    throw error;
  }
}

/** A folder of this machine: Python reads and writes it. */
function openFolder(
  option: Option<string>,
  given: Given,
): { readonly store: Store; readonly folder: string } {
  const folder = given.value(option);
  if (folder.startsWith('gs:')) {
    const expected = 'a folder of this machine: copy what is in a bucket to one';
    refuse(given.where(option), 'folder', `'${folder}'`, expected);
  }
  return { store: openStore(folder), folder };
}

function refuseNoCard(
  option: Option<string>,
  { root }: Store,
  expected: string,
  given: Given,
): never {
  return refuse(given.where(option), 'folder', `'${root}' without ${CARD_NAME}`, expected);
}

function trainerOf(request: TrainerRequest, given: Given, { environment }: World): Trainer {
  const foundation = request.command === 'train' ? request.foundation : undefined;
  const extra = foundation === undefined ? undefined : EXTRA_ENVIRONMENTS[foundation.kind];
  const program = given.optional(train.pythonOption) ?? trainPython(extra);
  if (program === undefined) {
    const setup = `node ${trainSetup}${extra === undefined ? '' : ` --extra ${extra}`}`;
    const expected = `an environment: ${setup} makes it; --python names another one`;
    refuse(trainFolder(extra), 'Python', 'none', expected);
  }
  const threads = given.value(train.trainThreadsOption);
  return openTrainer({ program, threads, environment: machineVariables(environment) });
}

async function learn(
  request: TrainerRequest,
  into: Store,
  given: Given,
  world: World,
): Promise<number> {
  const { clock, stderr, stopped } = world;
  const trainer = trainerOf(request, given, world);
  const onProgress = trainerLine(world);
  const learned = await runTrainer(request, stopped, {
    trainer,
    into,
    codec,
    clock,
    onProgress,
  }).finally(() => stderr.redraw([]));
  if (typeof learned === 'string') return sayStopped(learned, world);
  for (const line of learned.words) printLine(`${trainer.program}: ${line}`, stderr);
  await into.write(REPORT_NAME, codec.encode(pageOf(learned, request)), 'anything');
  sayEvaluation(learned.evaluation, into, given, world, nextCommand(learned.evaluation, request));
  return EXIT_GOOD;
}

function pageOf({ evaluation, sha256 }: Learned, { command }: TrainerRequest): string {
  return evaluationPage({ evaluation, command, sha256 });
}

/** The sealed days are for a model that has shown skill: opening them for others spends them. */
function nextCommand({ models }: Evaluation, { command, into, dataset }: TrainerRequest): string {
  const best = models.find(({ status, verdict }) => status === 'judged' && verdict.skill);
  if (command !== 'train' || best === undefined) return '';
  const model = shellWord(`${into}/${best.name}`);
  return `flowbars evaluate --model ${model} --dataset ${shellWord(dataset)} --sealed --into sealed`;
}

function sayEvaluation(
  evaluation: Evaluation,
  into: Store,
  given: Given,
  world: World,
  next: string,
): void {
  printOutput(
    {
      document: evaluation,
      rows: evaluation.models,
      page: (terminal) => printEvaluation(evaluation, terminal),
      closing: (terminal) => {
        printClosing(EXIT_GOOD, verdictSentence(evaluation), terminal, 'done');
        printLine(`page: ${into.root}/${REPORT_NAME}`, terminal);
        if (next !== '') printCommand('next, once and for all: ', next, terminal);
      },
    },
    askedFormat(given),
    world,
  );
}
