import { readFileSync } from 'node:fs';
import { InputError } from '../input-error.ts';
import { nearest } from '../nearest.ts';

/** Whether a word of `--symbols` names a file: what follows @ has a slash or a dot in it. */
export function isUniverseFile(word: string): boolean {
  return /^@.*[./\\]/.test(word);
}

/**
 * The symbols of a universe file: one a line, written as the store has them; what follows a # is a comment.
 * @param stored symbols that the store has at the interval
 * @throws InputError naming file, line, symbol and the nearest stored one
 */
export function readUniverseFile(word: string, stored: readonly string[], interval: string): readonly string[] {
  const file = word.slice(1);
  const known = new Set(stored);
  const lines = new Map<string, number>();
  for (const [index, line] of textOf(file).split(/\r?\n/).entries()) {
    const symbol = line.replace(/#.*/, '').trim();
    if (symbol === '') continue;
    const where = `${file}:${index + 1}: ${symbol}`;
    const before = lines.get(symbol);
    if (before !== undefined) throw new InputError(`${where} stands in line ${before} already; name each symbol once`);
    if (!known.has(symbol)) throw new InputError(`${where} has no ${interval} candles in the store: ${hint(symbol, stored)}`);
    lines.set(symbol, index + 1);
  }
  if (lines.size === 0) throw new InputError(`--symbols ${word}: the file names no symbol; write one a line`);
  return [...lines.keys()];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new InputError(`--symbols @${file}: cannot be read (${code}); name an existing text file, one symbol a line`);
  }
}

function hint(symbol: string, stored: readonly string[]): string {
  const near = nearest(symbol, stored);
  return near === null ? 'see orrery data list' : `did you mean ${near}?`;
}
