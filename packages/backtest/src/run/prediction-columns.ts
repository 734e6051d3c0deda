import path from 'node:path';
import type { Strategy } from '@orrery/core';
import { readColumns, writeColumns } from '@orrery/data';

/** What the models of a run said at every candle of one symbol. */
export interface PredictionColumns {
  readonly symbol: string;
  /** `<model id>:<output>`, in the order of the strategy's models. */
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

/** The files of a run that hold prediction columns. */
export const PREDICTIONS_FILE: RegExp = /^predictions-.+\.arrow$/;

/** Names of a strategy's prediction columns. */
export function columnNames({ models }: Strategy<unknown>): readonly string[] {
  return models.flatMap(({ id, outputs }) => outputs.map((output) => `${id}:${output}`));
}

/** Writes a file a symbol. Returns their names. */
export async function writePredictions(folder: string, predictions: readonly PredictionColumns[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const { symbol, names, columns } of predictions) {
    const file = `predictions-${symbol}.arrow`;
    await writeColumns(path.join(folder, file), names, columns);
    files.push(file);
  }
  return files;
}

/**
 * Prediction columns by symbol, as `writePredictions` left them.
 * @throws InputError when a file is missing or is not one of ours
 */
export function readPredictions(folder: string, symbols: readonly string[]): readonly (readonly Float64Array[])[] {
  return symbols.map((symbol) => readColumns(path.join(folder, `predictions-${symbol}.arrow`)));
}
