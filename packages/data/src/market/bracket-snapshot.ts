import { UNKNOWN_BRACKETS, type LeverageBracket } from '@orrery/core';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readSnapshotFile } from './snapshot-file.ts';

/** The venue's leverage brackets as one answer of GET /fapi/v1/leverageBracket stated them. */
export interface BracketSnapshot {
  /** When they were asked for, ms UTC; to the day where no more is known. */
  readonly time: number;
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  readonly symbols: ReadonlyMap<string, readonly LeverageBracket[]>;
}

/** Folder of the snapshots that ship with the project. */
export const BRACKETS_FOLDER: string = fileURLToPath(new URL('../../../../datasets/brackets/', import.meta.url));
export const BRACKET_FIELDS = ['notionalFloor', 'maintMarginRatio', 'initialLeverage'] as const;
export const BRACKET_SCHEMA = 'orrery.brackets/1';

const text = z.string();
const row = z.tuple([text, text, z.int().positive()]);
/** Each bracket ends where the next begins; the last at `cap`. */
const table = z.object({ rows: z.array(row).min(1), cap: text });
const schema = z.object({ schema: z.literal(BRACKET_SCHEMA), source: text, time: z.int(), symbols: z.record(text, table) });

/** Some caps are 2^63 − 1, which stands for none. The core cannot hold a value beyond 2^53 sats in any case. */
const NO_CAP = String(Number.MAX_SAFE_INTEGER);

/**
 * Reads a snapshot written by `formatBracketSnapshot`.
 * @throws InputError when the file is none.
 */
export async function readBracketSnapshot(path: string): Promise<BracketSnapshot> {
  const { content, sha256 } = await readSnapshotFile(path, schema, 'brackets');
  const symbols = Object.entries(content.symbols).map(([symbol, { rows, cap }]): [string, readonly LeverageBracket[]] => [
    symbol,
    rows.map(([notionalFloor, maintMarginRatio, initialLeverage], k) => {
      const notionalCap = k + 1 < rows.length ? rows[k + 1][0] : Number(cap) < Number.MAX_SAFE_INTEGER ? cap : NO_CAP;
      return { notionalFloor, notionalCap, maintMarginRatio, initialLeverage };
    }),
  ]);
  return { time: content.time, sha256, symbols: new Map(symbols) };
}

/** Brackets of one symbol, and whether the snapshot has them. */
export interface ChosenBrackets {
  readonly brackets: readonly LeverageBracket[];
  readonly known: boolean;
}

const SYNTHETIC_PREFIX = 'SYN';

/** A symbol's brackets; a synthetic one's are those of the symbol that its name has behind SYN. Else the core's for the unknown. */
export function chooseBrackets(symbol: string, snapshot: BracketSnapshot, isSynthetic: boolean): ChosenBrackets {
  const model = isSynthetic && symbol.startsWith(SYNTHETIC_PREFIX) ? symbol.slice(SYNTHETIC_PREFIX.length) : symbol;
  const brackets = snapshot.symbols.get(model);
  return brackets === undefined ? { brackets: UNKNOWN_BRACKETS, known: false } : { brackets, known: true };
}
