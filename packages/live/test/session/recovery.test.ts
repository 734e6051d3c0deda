import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { JournalEntry, Message } from '@orrery/core';
import { readJournal } from '@orrery/data/journal';
import { describe, expect, it } from 'vitest';
import { liveFiles, verifyLiveRun } from '../../src/index.ts';
import { busy, freshFolder, play, sessionOf, Stage, waves } from './stage.ts';

const CANDLES = [waves(10, 1), waves(10, 2)];

async function entriesOf(folder: string): Promise<readonly JournalEntry[]> {
  return (await readJournal(liveFiles(folder).journal)).entries;
}
const decided = (entries: readonly JournalEntry[]): readonly Message[] =>
  entries.filter(({ lane }) => lane === 'out').map(({ message }) => message);
/** A copy of a run's folder as a process that was killed leaves it: with its lock. */
function copied(folder: string): string {
  const copy = freshFolder();
  cpSync(folder, copy, { recursive: true });
  rmSync(liveFiles(copy).lock, { force: true });
  return copy;
}

describe('a paper run that was cut off', () => {
  it('goes on from any line of its files, and from the middle of any, to the same journal', async () => {
    const stage = new Stage(CANDLES);
    const whole = freshFolder();
    const { digest, entries } = await play(stage, whole, sessionOf(stage, 'paper'));
    expect(entries).toBeGreaterThan(20);
    const frames = readFileSync(liveFiles(whole).frames, 'utf8').split('\n').slice(0, -1);
    const lines = readFileSync(liveFiles(whole).journal, 'utf8').split('\n').slice(0, -1);
    const posOf = (line: string): number => (JSON.parse(line) as JournalEntry).pos;
    for (let n = 0; n <= frames.length; n++) {
      // The journal of n frames, and what of it may have been lost when the last of them was decided.
      const said = lines.filter((line) => posOf(line) <= n * 2);
      const sure = lines.filter((line) => posOf(line) <= (n - 1) * 2);
      for (const kept of new Set([said.length, Math.floor((said.length + sure.length) / 2), sure.length])) {
        for (const torn of ['', '{"seq":']) {
          const folder = copied(whole);
          writeFileSync(
            liveFiles(folder).frames,
            frames
              .slice(0, n)
              .map((line) => `${line}\n`)
              .join('') + torn,
          );
          writeFileSync(
            liveFiles(folder).journal,
            lines
              .slice(0, kept)
              .map((line) => `${line}\n`)
              .join('') + torn,
          );
          const again = new Stage(CANDLES);
          again.shown = n;
          expect(await play(again, folder, null)).toMatchObject({ digest, entries, frames: 10 });
        }
      }
    }
  });
  it('has the same journal when its tapes had to grow', async () => {
    const stage = new Stage(CANDLES);
    const { digest } = await play(stage, freshFolder(), sessionOf(stage, 'paper'));
    const small = new Stage(CANDLES);
    expect((await play(small, freshFolder(), sessionOf(small, 'paper'), { capacity: 1 })).digest).toBe(digest);
  });
});

describe('a live run whose process is killed at any order', () => {
  it('goes on with the same decisions, and sends no order twice', async () => {
    const undisturbed = new Stage(CANDLES);
    const whole = freshFolder();
    await play(undisturbed, whole, sessionOf(undisturbed, 'demo'));
    const expected = decided(await entriesOf(whole));
    expect(expected.length).toBeGreaterThan(8);
    for (let kill = 1; kill <= undisturbed.reached.length; kill++) {
      for (const moment of ['before', 'after'] as const) {
        const stage = new Stage(CANDLES);
        const folder = freshFolder();
        // A process that is killed says no more: its send never ends, and its files stay as they are.
        const killed = new Promise<string>((resolve) => {
          stage.onSend = (count, at) => {
            if (count !== kill || at !== moment) return;
            resolve(copied(folder));
            return new Promise<void>(() => {});
          };
        });
        const rest = await Promise.race([killed, play(stage, folder, sessionOf(stage, 'demo')).then(() => null)]);
        if (rest === null) throw new Error('the session ended before it was killed');
        stage.onSend = () => {};
        await play(stage, rest, null);
        expect(stage.problems).toEqual([]);
        expect(decided(await entriesOf(rest))).toEqual(expected);
        expect(new Set(stage.reached).size).toBe(stage.reached.length);
        expect((await verifyLiveRun(rest, async () => busy)).isSame).toBe(true);
      }
    }
  });
});

describe('files that do not belong together', () => {
  it('refuses a strategy that would have said something else, showing where and what came before', async () => {
    const stage = new Stage(CANDLES);
    const folder = freshFolder();
    await play(stage, folder, sessionOf(stage, 'paper'));
    const idle = { ...busy, decide: () => undefined };
    await expect(play(new Stage(CANDLES), folder, null, { strategy: idle })).rejects.toThrow(
      /^.*journal\.jsonl: does not follow from frames and strategy: entry \d+ /,
    );
  });
  it('refuses a frame that was changed, naming file and line', async () => {
    const stage = new Stage(CANDLES);
    const folder = freshFolder();
    await play(stage, folder, sessionOf(stage, 'paper'));
    const file = liveFiles(folder).frames;
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [lines[0], lines[1]!.replace(/"(\d+)"/, '"9$1"'), ...lines.slice(2)].join('\n'));
    await expect(play(new Stage(CANDLES), folder, null)).rejects.toThrow(/frames\.jsonl:2: the chain is broken/);
  });
  it('says that a journal which was cut is short', async () => {
    const stage = new Stage(CANDLES);
    const folder = freshFolder();
    await play(stage, folder, sessionOf(stage, 'paper'));
    const { journal } = liveFiles(folder);
    const text = readFileSync(journal, 'utf8');
    const cut = text.lastIndexOf('\n', text.length - 2) + 1;
    truncateSync(journal, cut);
    const { isSame, behind } = await verifyLiveRun(folder, async () => busy);
    expect({ isSame, behind: behind.length }).toEqual({ isSame: false, behind: 1 });
  });
});
