import { QUALITY_DIMENSIONS, SCORE_PARTS } from '@orrery/core';
import {
  Bool,
  Float64,
  makeData,
  makeVector,
  Schema,
  Table,
  tableFromIPC,
  tableToIPC,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
  type Vector,
} from 'apache-arrow';
import { InputError } from '../input-error.ts';
import { toInt64 } from '../store/arrow-file.ts';
import type { SampleOutcome, SignalSample } from './sample.ts';

/** The file of a run's folder that holds its training samples; a run without any has none. */
export const SAMPLES_FILE = 'samples.arrow';
const SCHEMA = 'orrery.samples/1';
const MEND = 'run the backtest again';

const OUTCOMES: Readonly<Record<SampleOutcome, true>> = {
  take_profit: true,
  stop_loss: true,
  expired: true,
  graded_stop: true,
  breaker: true,
  delisted: true,
  run_end: true,
  forced: true,
};
const TIMES = ['signalTime', 'entryTime', 'exitTime'] as const;
const NUMBERS = ['grossReturn', 'netReturn', 'weight', 'confidence', 'signalId'] as const;
const partColumn = (name: string): string => `part_${name}`;
const qualityColumn = (name: string): string => `quality_${name}`;

/**
 * The samples as an uncompressed Arrow file of the schema `orrery.samples/1`: times as timestamps in ms, `symbol`, `side` and `outcome` as
 * texts, `win` as a truth value, everything else as float64; a part or quality that the source does not tell is NaN. The same samples give the
 * same bytes.
 */
export function encodeSamples(samples: readonly SignalSample[]): Uint8Array {
  const length = samples.length;
  const float = (read: (sample: SignalSample) => number): Vector =>
    makeVector(makeData({ type: new Float64(), length, nullCount: 0, data: Float64Array.from(samples, read) }));
  const time = (read: (sample: SignalSample) => number): Vector => {
    const data = toInt64(Float64Array.from(samples, read), length);
    return makeVector(makeData({ type: new TimestampMillisecond(), length, nullCount: 0, data }));
  };
  const text = (read: (sample: SignalSample) => string): Vector => vectorFromArray(samples.map(read), new Utf8());
  const columns: Record<string, Vector> = {
    symbol: text(({ symbol }) => symbol),
    signalTime: time(({ signalTime }) => signalTime),
    side: text(({ side }) => side),
    entryTime: time(({ entryTime }) => entryTime),
    exitTime: time(({ exitTime }) => exitTime),
    outcome: text(({ outcome }) => outcome),
    grossReturn: float(({ grossReturn }) => grossReturn),
    netReturn: float(({ netReturn }) => netReturn),
    win: vectorFromArray(
      samples.map(({ win }) => win),
      new Bool(),
    ),
    weight: float(({ weight }) => weight),
    confidence: float(({ confidence }) => confidence),
  };
  for (const [k, name] of SCORE_PARTS.entries()) columns[partColumn(name)] = float(({ parts }) => parts[k] ?? NaN);
  for (const [k, name] of QUALITY_DIMENSIONS.entries()) columns[qualityColumn(name)] = float(({ quality }) => quality[k] ?? NaN);
  columns['signalId'] = float(({ signalId }) => signalId);
  const table = new Table(columns);
  return tableToIPC(new Table(new Schema(table.schema.fields, new Map([['schema', SCHEMA]])), table.batches), 'file');
}

/**
 * Samples as {@link encodeSamples} left them, in their order.
 * @param file for messages
 * @throws InputError naming the file and the column that is wrong
 */
export function decodeSamples(bytes: Uint8Array, file: string): readonly SignalSample[] {
  const table = parsed(bytes, file);
  const numbers = new Map<string, readonly number[]>();
  for (const name of [...NUMBERS, ...SCORE_PARTS.map(partColumn), ...QUALITY_DIMENSIONS.map(qualityColumn)])
    numbers.set(name, columnOf(table, name, file, isNumber));
  for (const name of TIMES) numbers.set(name, columnOf(table, name, file, isTime));
  const [symbols, sides] = [columnOf(table, 'symbol', file, isText), columnOf(table, 'side', file, isSide)];
  const [outcomes, wins] = [columnOf(table, 'outcome', file, isOutcome), columnOf(table, 'win', file, isFlag)];
  const number = (name: string, row: number): number => numbers.get(name)?.[row] ?? NaN;
  const told = (names: readonly string[], row: number): readonly number[] => {
    const values = names.map((name) => number(name, row));
    return values.every(Number.isNaN) ? [] : values;
  };
  const [parts, quality] = [SCORE_PARTS.map(partColumn), QUALITY_DIMENSIONS.map(qualityColumn)];
  return symbols.map((symbol, row) => ({
    signalId: number('signalId', row),
    symbol,
    side: sides[row] ?? 'long',
    signalTime: number('signalTime', row),
    entryTime: number('entryTime', row),
    exitTime: number('exitTime', row),
    outcome: outcomes[row] ?? 'forced',
    grossReturn: number('grossReturn', row),
    netReturn: number('netReturn', row),
    win: wins[row] ?? false,
    weight: number('weight', row),
    confidence: number('confidence', row),
    parts: told(parts, row),
    quality: told(quality, row),
  }));
}

function parsed(bytes: Uint8Array, file: string): Table {
  let table: Table;
  try {
    table = tableFromIPC(bytes);
  } catch (cause) {
    throw new InputError(`${file}: cannot be read (${cause instanceof Error ? cause.message : String(cause)}); ${MEND}`, { cause });
  }
  const schema = table.schema.metadata.get('schema');
  if (schema !== SCHEMA) throw new InputError(`${file}: its schema is ${schema ?? 'none'}, not ${SCHEMA}; ${MEND}`);
  return table;
}

/** Every value of a column, each of the kind that belongs there. */
function columnOf<T>(table: Table, name: string, file: string, isFit: (value: unknown) => value is T): readonly T[] {
  const column = table.getChild(name);
  if (column === null) throw new InputError(`${file}: column ${name} is missing; ${MEND}`);
  return Array.from({ length: table.numRows }, (_, row) => {
    const value: unknown = column.get(row);
    if (isFit(value)) return value;
    throw new InputError(`${file}: column ${name}, row ${row}: ${String(value)} does not belong there; ${MEND}`);
  });
}
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isTime = (value: unknown): value is number => Number.isSafeInteger(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isSide = (value: unknown): value is SignalSample['side'] => value === 'long' || value === 'short';
const isOutcome = (value: unknown): value is SampleOutcome => typeof value === 'string' && Object.hasOwn(OUTCOMES, value);
