import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MetricDefinition } from '@orrery/core';
import { renderReport } from './render-report.ts';
import type { ReportCandles } from './report-input.ts';
import { readRunDirectory } from './run-directory.ts';

/** Candles of the symbols between two instants (ms UTC, both included). */
export type LoadCandles = (symbols: readonly string[], interval: string, from: number, to: number) => Promise<readonly ReportCandles[]>;

/** What a report needs beside the run directory. */
export interface WriteReportOptions {
  readonly definitions: readonly MetricDefinition[];
  /** null when no dataset is at hand: the page then has no candles, and says so. */
  readonly loadCandles: LoadCandles | null;
  /** Where the page goes; `report.html` in the run directory unless given. */
  readonly file?: string;
}

/**
 * Writes the page of a stored run and returns its path. A reader sees the old page or the new one, never half of either.
 * @throws InputError when a file of the run is missing or broken; whatever loading the candles throws.
 */
export async function writeReport(runDirectory: string, options: WriteReportOptions): Promise<string> {
  const { result, series, samples } = readRunDirectory(runDirectory);
  const { symbols } = result.dataset;
  const first = Math.min(...symbols.map((symbol) => symbol.first));
  const last = Math.max(...symbols.map((symbol) => symbol.last));
  const candles =
    options.loadCandles === null || symbols.length === 0
      ? null
      : await options.loadCandles(result.config.symbols, result.config.interval, first, last);
  const page = renderReport({ result, series, samples, candles, definitions: options.definitions });
  const file = options.file ?? join(runDirectory, 'report.html');
  await writeWhole(file, page);
  return file;
}

async function writeWhole(file: string, page: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  // A device or a pipe is written to; a file moved over it would take its place.
  if (there !== null && !there.isFile()) return writeFile(file, page);
  // Likewise a link keeps pointing to its file.
  const target = there === null ? file : await realpath(file);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, page);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
