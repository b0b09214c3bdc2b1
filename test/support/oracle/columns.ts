/**
 * The oracle's reading of a header: which field is which column of docs/INPUT.md. Texts are latin1.
 */
type Stream = 'trades' | 'depth';

/** A name that `--columns` adds. */
export interface AddedColumn {
  stream: Stream;
  name: string;
  column: string;
}

export interface Header {
  /** Index of the field of each column that is there; `side` and `is_buyer_maker` are two columns here. */
  fieldOf: Map<string, number>;
  /** Names that mean nothing. */
  ignored: string[];
  /** Whether the trade ids are those of aggregate trades. */
  isAggregated: boolean;
}

interface Column {
  name: string;
  isRequired: boolean;
  synonyms: string[];
}

/** Each line of docs/INPUT.md: the column, `!` if it is required, then its synonyms. */
const tables: Readonly<Record<Stream, Column[]>> = {
  trades: table([
    'timestamp ! time transact_time trade_time T',
    'price ! p',
    'quantity ! qty amount size q',
    'is_buyer_maker ! isbuyermaker m side',
    'trade_id id tradeid agg_trade_id aggtradeid t',
    'exec_type X',
    'receive_time local_timestamp recv_time',
    'event_time E',
    'symbol s',
  ]),
  depth: table([
    'timestamp ! time transact_time trade_time T',
    'bids ! b',
    'asks ! a',
    'update_id lastupdateid last_update_id u',
    'receive_time local_timestamp recv_time',
    'event_time E',
    'symbol s',
  ]),
};

function table(lines: string[]): Column[] {
  return lines.map((line) => {
    const [name = '', ...words] = line.split(' ');
    return { name, isRequired: words[0] === '!', synonyms: words.filter((word) => word !== '!') };
  });
}

/** The columns of a chunk without a header, in order. */
export function headless(stream: Stream): string[] {
  return tables[stream].map(({ name }) => name).filter((name) => name !== 'symbol');
}

/** Undefined where the chunk is unreadable. */
export function headerOf(
  stream: Stream,
  names: string[],
  added: AddedColumn[],
): Header | undefined {
  if (
    names.some((name) => [...name].some((character) => character < ' ' || character === '\u007f'))
  )
    return undefined;
  const own = added.filter((one) => one.stream === stream);
  const isAdded = (name: string): boolean => own.some((one) => isNamed(name, utf8(one.name)));
  const fieldOf = new Map<string, number>();
  let isAggregated = false;
  for (const { name: column, isRequired, synonyms } of tables[stream]) {
    const said = (name: string): string | undefined => {
      const meant = own.find((one) => isNamed(name, utf8(one.name)))?.column;
      return column === 'is_buyer_maker' && meant === 'side' ? column : meant;
    };
    const byOwnName = fieldsWhere(names, (name) =>
      isAdded(name) ? said(name) === column : isNamed(name, column),
    );
    const bySynonym = fieldsWhere(
      names,
      (name) => !isAdded(name) && synonyms.some((synonym) => isNamed(name, synonym)),
    );
    const byLetter = fieldsWhere(
      names,
      (name) => column === 'trade_id' && !isAdded(name) && name === 'a',
    );
    const fields = [byOwnName, bySynonym, byLetter].find(({ length }) => length > 0) ?? [];
    const [field] = fields;
    if (fields.length > 1 || (isRequired && field === undefined)) return undefined;
    if (field === undefined) continue;
    const name = names[field] ?? '';
    const meant = own.find((one) => isNamed(name, utf8(one.name)))?.column;
    const saysSide = isAdded(name) ? meant === 'side' : isNamed(name, 'side');
    fieldOf.set(saysSide ? 'side' : column, field);
    if (column === 'trade_id' && fields !== byOwnName) {
      isAggregated = name === 'a' || name.toLowerCase().startsWith('agg');
    }
  }
  const meaningful = new Set(fieldOf.values());
  return { fieldOf, ignored: names.filter((_, index) => !meaningful.has(index)), isAggregated };
}

function fieldsWhere(names: string[], holds: (name: string) => boolean): number[] {
  return names.flatMap((name, index) => (holds(name) ? [index] : []));
}

/** One letter as it is, several in any case of A to Z. */
function isNamed(name: string, wanted: string): boolean {
  if (name.length !== wanted.length) return false;
  if (name.length === 1) return name === wanted;
  return [...name].every((character, index) => {
    const other = wanted[index] ?? '';
    return character === other || (isLetter(character) && sameLetter(character, other));
  });
}

function isLetter(character: string): boolean {
  return /[A-Za-z]/.test(character);
}

function sameLetter(one: string, other: string): boolean {
  return isLetter(other) && one.toLowerCase() === other.toLowerCase();
}

function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
