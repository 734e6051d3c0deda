import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { findDivergence, type InstrumentId, type EpochMs, type JournalEntry, type Message, type OrderId } from '@orrery/core';
import { afterAll, describe, expect, it } from 'vitest';
import { JournalFileWriter, readJournal } from '../../src/journal/index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-journal-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function entry(seq: number, order: number = seq): JournalEntry {
  const message = { type: 'OrderAccepted', ts: (1000 + seq) as EpochMs, instrument: 0 as InstrumentId, orderId: order as OrderId } as const;
  return { seq, pos: seq * 2, lane: 'in', message };
}
const ENTRIES = Array.from({ length: 30 }, (_, k) => entry(k + 1));

function written(entries: readonly JournalEntry[]): { readonly file: string; readonly chain: string } {
  const file = path.join(folder, `${files++}.jsonl`);
  const writer = new JournalFileWriter(file);
  for (const { seq, pos, lane, message } of entries) writer.record(seq, pos, lane, message);
  return { file, chain: writer.close() };
}
function changed(change: (lines: string[]) => readonly string[]): string {
  const { file } = written(ENTRIES);
  writeFileSync(file, change(readFileSync(file, 'utf8').split('\n')).join('\n'));
  return file;
}

describe('journal.jsonl', () => {
  it('gives back the entries that were written, and the chain that seals them', async () => {
    const { file, chain } = written(ENTRIES);
    expect(await readJournal(file)).toEqual({ entries: ENTRIES, chain, bytes: statSync(file).size, isTorn: false });
  });
  it('chains each line: the first 64 bits of SHA-256 over the former chain value and the line without its own', () => {
    const { file, chain } = written(ENTRIES);
    let former = '0000000000000000';
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
      const body = line.replace(/,"chain":"[0-9a-f]{16}"\}$/, '}');
      former = createHash('sha256').update(`${former}${body}`).digest('hex').slice(0, 16);
      expect(line).toBe(`${body.slice(0, -1)},"chain":"${former}"}`);
    }
    expect(chain).toBe(former);
  });
  it('is empty for a run in which nothing happened', async () => {
    const { file, chain } = written([]);
    expect(await readJournal(file)).toEqual({ entries: [], chain, bytes: 0, isTorn: false });
    expect(chain).toBe('0000000000000000');
  });
  it('makes durable what a long entry wrote by itself', () => {
    const { fdatasyncSync } = fs;
    let synced = 0;
    fs.fdatasyncSync = (file) => {
      synced += 1;
      fdatasyncSync(file);
    };
    syncBuiltinESMExports();
    try {
      const writer = new JournalFileWriter(path.join(folder, `${files++}.jsonl`));
      const message = { type: 'PredictionFailed', ts: 1, instrument: 0, requestId: 1, reason: 'x'.repeat(2_000_000) } as unknown as Message;
      writer.record(1, 1, 'in', message);
      writer.flush();
      writer.flush();
      writer.close();
      expect(synced).toBe(1);
    } finally {
      fs.fdatasyncSync = fdatasyncSync;
      syncBuiltinESMExports();
    }
  });
  it('goes on behind the last whole line, as if it had never been closed', async () => {
    const { file: whole, chain } = written(ENTRIES);
    for (const cut of [0, 1, 40]) {
      const { file } = written(ENTRIES.slice(0, 12));
      truncateSync(file, statSync(file).size - cut);
      const read = await readJournal(file);
      const writer = new JournalFileWriter(file, read);
      for (const { seq, pos, lane, message } of ENTRIES.slice(read.entries.length)) writer.record(seq, pos, lane, message);
      writer.flush();
      expect(readFileSync(file, 'utf8')).toBe(readFileSync(whole, 'utf8'));
      expect(writer.close()).toBe(chain);
    }
  });
  it('leaves out a last line that was cut off, and says so', async () => {
    const { file } = written(ENTRIES);
    const text = readFileSync(file, 'utf8');
    for (const cut of [2, 20, 60]) {
      writeFileSync(file, text.slice(0, -cut));
      const { entries, isTorn } = await readJournal(file);
      expect({ count: entries.length, isTorn }).toEqual({ count: 29, isTorn: true });
    }
  });
  it.each<[string, (lines: string[]) => readonly string[], RegExp]>([
    ['an edited line', (lines) => lines.with(9, lines[9].replace('"pos":20', '"pos":21')), /:10: the chain is broken/],
    ['a missing line', (lines) => lines.toSpliced(9, 1), /:10: the chain is broken/],
    ['a line that comes twice', (lines) => lines.toSpliced(9, 0, lines[9]), /:11: the chain is broken/],
    ['two lines that changed places', (lines) => lines.with(9, lines[10]).with(10, lines[9]), /:10: the chain is broken/],
    ['a torn line in the middle', (lines) => lines.with(9, lines[9].slice(0, 30)), /:10: no journal line; the journal was damaged/],
  ])('refuses %s, and names it', async (_, change, message) => {
    await expect(readJournal(changed(change))).rejects.toThrow(message);
  });
  it('never writes over a journal that is there', () => {
    const { file } = written(ENTRIES);
    expect(() => new JournalFileWriter(file)).toThrow(/EEXIST/);
  });
});

describe('the first difference of two journals', () => {
  it('comes with the ten entries that led up to it', () => {
    const other = ENTRIES.map((each) => (each.seq === 21 ? entry(21, 99) : each));
    expect(findDivergence(ENTRIES, other)).toEqual({ index: 20, before: ENTRIES.slice(10, 20), left: entry(21), right: entry(21, 99) });
  });
  it('is the end of the shorter one', () => {
    expect(findDivergence(ENTRIES, ENTRIES.slice(0, 3))).toEqual({ index: 3, before: ENTRIES.slice(0, 3), left: entry(4), right: null });
    expect(findDivergence([], ENTRIES)).toEqual({ index: 0, before: [], left: null, right: entry(1) });
  });
  it('is not there between equals', () => {
    expect(findDivergence(ENTRIES, [...ENTRIES])).toBeNull();
  });
});
