/** What a day is made into: kinds of files, the lengths of their rows, their formats. Each file stands for itself, so one more changes none of the others. */
import { quoted, refuse, someOf, type TextReader } from '../unit/typed-text.js';
import { distinctResolutions, type Resolution, resolutionOf } from '../unit/resolution.js';

/** What one can ask for, in the order in which one is made from the other. */
export const OUTPUTS = ['bars', 'signals', 'patterns'] as const;
export type Output = (typeof OUTPUTS)[number];

/** Kinds of a day's files beside its quality report, in the order of its list. The scoreboard comes with the patterns. */
export const ARTIFACT_KINDS = ['bars', 'signals', 'patterns', 'scoreboard'] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

/** What one can ask for: the exact form first, which the others are made from. */
export const FILE_FORMATS = ['csv', 'parquet'] as const;
export type Format = (typeof FILE_FORMATS)[number];

/** The scoreboard and the quality report are JSON, whatever is asked for. */
export type FileFormat = Format | 'json';

// A type, not an interface: rules with products are dictionaries as well.
export type Products = Readonly<{
  /** Finest first. */
  resolutions: readonly Resolution[];
  outputs: readonly Output[];
  /** With csv. */
  formats: readonly Format[];
}>;

/** What a caller says of it; undefined: what somebody else knows, such as the job of a workflow. */
export type AskedProducts = {
  readonly [Name in keyof Products]: Products[Name] | undefined;
};

/** One file of a day. */
export interface WantedFile {
  readonly kind: ArtifactKind;
  /** Undefined: the kind has one file a day. */
  readonly resolution: Resolution | undefined;
  readonly format: FileFormat;
}

/** Patterns are read off rows of this length. */
export const PATTERN_SECONDS = 1;

const KINDS_OF: Readonly<Record<Output, readonly ArtifactKind[]>> = {
  bars: ['bars'],
  signals: ['signals'],
  patterns: ['patterns', 'scoreboard'],
};

/** The output that a kind belongs to. */
export function outputOf(kind: ArtifactKind): Output {
  return kind === 'scoreboard' ? 'patterns' : kind;
}

/** True if there is one file of the kind for each resolution. */
export function hasResolutions(kind: ArtifactKind): boolean {
  return kind === 'bars' || kind === 'signals';
}

/** The format of a kind that everything else is read off. */
export function exactFormat(kind: ArtifactKind): FileFormat {
  return kind === 'scoreboard' ? 'json' : 'csv';
}

/** Every file that is asked for, in the order of a report's list: the formats of a file stand together. */
export function wantedFiles({ resolutions, outputs, formats }: Products): WantedFile[] {
  return OUTPUTS.filter((output) => outputs.includes(output))
    .flatMap((output) => KINDS_OF[output])
    .flatMap((kind) =>
      (hasResolutions(kind) ? resolutions : [undefined]).map((resolution) => ({
        kind,
        resolution,
      })),
    )
    .flatMap(({ kind, resolution }) =>
      (kind === 'scoreboard' ? (['json'] as const) : formats).map((format): WantedFile => ({
        kind,
        resolution,
        format,
      })),
    );
}

/** Reads `bars,signals`. Throws a usage error. */
export const parseOutputs: TextReader<readonly Output[]> = (text, where) => {
  const outputs = someOf(OUTPUTS)(text, where);
  if (outputs.length > 0) return outputs;
  return refuse(where, 'outputs', quoted(text), `some of ${OUTPUTS.join(', ')}`);
};

/** Reads `csv,parquet`. Throws a usage error. */
export const parseFormats: TextReader<readonly Format[]> = (text, where) => {
  const formats = someOf(FILE_FORMATS)(text, where);
  if (formats.includes('csv')) return formats;
  const expected =
    "'csv' among them, which the others are made from and checked against (flowbars export makes Parquet alone)";
  return refuse(where, 'formats', quoted(text), expected);
};

/** What is made of a day unless it is said: everything that these resolutions allow. */
export function outputsFor(resolutions: readonly Resolution[]): readonly Output[] {
  return OUTPUTS.filter((output) => output !== 'patterns' || hasPatternRows(resolutions));
}

/** What is made where nobody says otherwise. */
export const USUAL_PRODUCTS: Products = {
  resolutions: [resolutionOf(PATTERN_SECONDS), resolutionOf(60)],
  outputs: OUTPUTS,
  formats: ['csv'],
};

/** Refuses patterns without the rows that they are read off. */
export function checkProducts(
  { resolutions, outputs }: Pick<Products, 'resolutions' | 'outputs'>,
  where: string,
): void {
  if (!outputs.includes('patterns') || hasPatternRows(resolutions)) return;
  const names = resolutions.map(({ name }) => name).join(',');
  const found = `'patterns' with resolutions '${names}'`;
  refuse(where, 'outputs', found, '1s among the resolutions, which patterns are read off');
}

function hasPatternRows(resolutions: readonly Resolution[]): boolean {
  return resolutions.some(({ seconds }) => seconds === PATTERN_SECONDS);
}

/** Both: every resolution, output and format that one of them has. */
export function joinedProducts(one: Products, other: Products): Products {
  return {
    resolutions: distinctResolutions([...one.resolutions, ...other.resolutions]),
    outputs: eitherOf(OUTPUTS, one.outputs, other.outputs),
    formats: eitherOf(FILE_FORMATS, one.formats, other.formats),
  };
}

function eitherOf<Word>(all: readonly Word[], ...lists: readonly (readonly Word[])[]): Word[] {
  return all.filter((word) => lists.some((list) => list.includes(word)));
}

/** What a day is made into that is computed now; `published` is undefined if nothing is. Published kinds are kept. */
export function productsMade(asked: AskedProducts, published: Products | undefined): Products {
  const resolutions = asked.resolutions ?? published?.resolutions ?? USUAL_PRODUCTS.resolutions;
  const outputs = asked.outputs ?? published?.outputs ?? outputsFor(resolutions);
  const formats = asked.formats ?? published?.formats ?? USUAL_PRODUCTS.formats;
  const made = { resolutions, outputs, formats };
  return published === undefined ? made : joinedProducts(published, made);
}
