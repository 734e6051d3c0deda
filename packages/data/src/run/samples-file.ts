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
import { SAMPLE_OUTCOMES, type SampleList } from './sample-list.ts';

/** The file of a run's folder that holds its training samples; a run without any has none. */
export const SAMPLES_FILE = 'samples.arrow';
const SCHEMA = 'orrery.samples/1';
const MEND = 'run the backtest again';

const TIMES = ['signalTime', 'entryTime', 'exitTime'] as const;
const NUMBERS = ['grossReturn', 'netReturn', 'weight', 'confidence', 'signalId'] as const;
const PARTS: readonly string[] = SCORE_PARTS.map((name) => `part_${name}`);
const QUALITIES: readonly string[] = QUALITY_DIMENSIONS.map((name) => `quality_${name}`);

/**
 * The samples as an uncompressed Arrow file of the schema `orrery.samples/1`: times as timestamps in ms, `symbol`, `side` and `outcome` as
 * texts, `win` as a truth value, everything else as float64; a part or quality that the source does not tell is NaN. The same samples give the
 * same bytes.
 */
export function encodeSamples(samples: SampleList): Uint8Array {
  const { length } = samples;
  const floats = new Map<string, Float64Array>();
  for (const name of [...TIMES, ...NUMBERS, ...PARTS, ...QUALITIES]) floats.set(name, new Float64Array(length));
  const [symbols, sides, outcomes, wins]: [string[], string[], string[], boolean[]] = [[], [], [], []];
  const values = (name: string): Float64Array => floats.get(name) ?? new Float64Array(0);
  let row = 0;
  for (const sample of samples) {
    symbols.push(sample.symbol);
    sides.push(sample.side);
    outcomes.push(sample.outcome);
    wins.push(sample.win);
    for (const name of TIMES) values(name)[row] = sample[name];
    for (const name of NUMBERS) values(name)[row] = sample[name];
    for (const [k, name] of PARTS.entries()) values(name)[row] = sample.parts[k] ?? NaN;
    for (const [k, name] of QUALITIES.entries()) values(name)[row] = sample.quality[k] ?? NaN;
    row += 1;
  }
  const float = (name: string): Vector => makeVector(makeData({ type: new Float64(), length, nullCount: 0, data: values(name) }));
  const time = (name: string): Vector =>
    makeVector(makeData({ type: new TimestampMillisecond(), length, nullCount: 0, data: toInt64(values(name), length) }));
  const floatsOf = (names: readonly string[]): Record<string, Vector> => Object.fromEntries(names.map((name) => [name, float(name)]));
  const table = new Table({
    symbol: vectorFromArray(symbols, new Utf8()),
    signalTime: time('signalTime'),
    side: vectorFromArray(sides, new Utf8()),
    entryTime: time('entryTime'),
    exitTime: time('exitTime'),
    outcome: vectorFromArray(outcomes, new Utf8()),
    grossReturn: float('grossReturn'),
    netReturn: float('netReturn'),
    win: vectorFromArray(wins, new Bool()),
    ...floatsOf(['weight', 'confidence', ...PARTS, ...QUALITIES, 'signalId']),
  });
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
  for (const name of [...NUMBERS, ...PARTS, ...QUALITIES]) numbers.set(name, columnOf(table, name, file, isNumber));
  for (const name of TIMES) numbers.set(name, columnOf(table, name, file, isTime));
  const [symbols, sides] = [columnOf(table, 'symbol', file, isText), columnOf(table, 'side', file, isSide)];
  const [outcomes, wins] = [columnOf(table, 'outcome', file, isOutcome), columnOf(table, 'win', file, isFlag)];
  const number = (name: string, row: number): number => numbers.get(name)?.[row] ?? NaN;
  const told = (names: readonly string[], row: number): readonly number[] => {
    const values = names.map((name) => number(name, row));
    return values.every(Number.isNaN) ? [] : values;
  };
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
    parts: told(PARTS, row),
    quality: told(QUALITIES, row),
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
const isOutcome = (value: unknown): value is SampleOutcome => (SAMPLE_OUTCOMES as readonly unknown[]).includes(value);
