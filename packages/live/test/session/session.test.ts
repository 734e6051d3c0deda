import { readFileSync } from 'node:fs';
import { defineStrategy, type Fact, type JournalEntry, type Strategy } from '@orrery/core';
import { readJournal } from '@orrery/data/journal';
import { describe, expect, it } from 'vitest';
import { liveFiles, runLiveSession, verifyLiveRun, type Predictions } from '../../src/index.ts';
import { busy, freshFolder, play, sessionOf, Stage, waves } from './stage.ts';

async function entriesOf(folder: string): Promise<readonly JournalEntry[]> {
  return (await readJournal(liveFiles(folder).journal)).entries;
}
const kinds = (stage: Stage): readonly string[] => stage.problems.map(({ kind }) => kind);

describe('candles that go astray', () => {
  it('are asked of REST when the stream loses them, and change nothing', async () => {
    const calm = new Stage([waves(10, 1), waves(10, 2)]);
    const { digest } = await play(calm, freshFolder(), sessionOf(calm, 'paper'));
    const stage = new Stage([waves(10, 1), waves(10, 2)]);
    stage.loses = (symbol, frame) => frame % 3 === 1 && symbol === 'S1USDT';
    expect((await play(stage, freshFolder(), sessionOf(stage, 'paper'))).digest).toBe(digest);
    expect(kinds(stage)).toEqual([]);
  });
  it('are filled in after a restart before anything newer is decided', async () => {
    const calm = new Stage([waves(10, 1)]);
    const { digest } = await play(calm, freshFolder(), sessionOf(calm, 'paper'));
    const stage = new Stage([waves(10, 1)]);
    const folder = freshFolder();
    await play(stage, folder, sessionOf(stage, 'paper'), { until: 3 });
    // Four candles close while nobody looks.
    for (let k = 0; k < 4; k++) stage.next();
    expect(await play(stage, folder, null)).toMatchObject({ digest, frames: 10 });
  });
  it('are left out of a frame when the venue has none, and dropped with a warning when they come late', async () => {
    const stage = new Stage([waves(6, 1), waves(6, 2)]);
    const folder = freshFolder();
    stage.loses = (symbol, frame) => symbol === 'S1USDT' && frame === 2;
    stage.lacks = stage.loses;
    await play(stage, folder, sessionOf(stage, 'paper'), {
      before: (frame) => {
        if (frame === 4) stage.say(stage.candle('S1USDT', 2));
      },
    });
    expect(kinds(stage)).toEqual(['missing_candle', 'late_candle']);
    expect(stage.problems[1]!.message).toContain('(1 so far)');
    const rows = readFileSync(liveFiles(folder).frames, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { rows: unknown[] }).rows.length);
    expect(rows).toEqual([2, 2, 1, 2, 2, 2]);
    expect((await verifyLiveRun(folder, async () => busy)).isSame).toBe(true);
  });
});

describe('a candle that contradicts itself', () => {
  it.each(['paper', 'demo'] as const)(
    'halts entries of a %s run, lets exits through, and stays halted until somebody lifts it',
    async (mode) => {
      const stage = new Stage([waves(24, 1)]);
      const folder = freshFolder();
      const lie = (frame: number): void => {
        if (frame === 6) stage.say({ ...stage.candle('S0USDT', 2), close: '7' });
      };
      const first = await play(stage, folder, sessionOf(stage, mode), { until: 12, before: lie });
      expect(first.halted).toContain('reported with other values than before');
      const halted = await entriesOf(folder);
      const rejected = halted.flatMap(({ message }) => (message.type === 'OrderRejected' ? [message.reason] : []));
      expect(rejected.length).toBeGreaterThan(0);
      expect(new Set(rejected)).toEqual(new Set(['halted']));
      const second = await play(stage, folder, null, { until: 16 });
      expect(second.halted).toBe(first.halted);
      const third = await play(stage, folder, null, { liftHalt: true });
      expect(third.halted).toBe(null);
      const later = (await entriesOf(folder)).slice(second.entries);
      expect(later.some(({ message }) => message.type === 'OrderFilled')).toBe(true);
      expect(later.some(({ message }) => message.type === 'OrderRejected')).toBe(false);
      expect((await verifyLiveRun(folder, async () => busy)).isSame).toBe(true);
    },
  );
});

describe('orders of an old decision', () => {
  it('do not open a position; those that reduce one are sent', async () => {
    const stage = new Stage([waves(12, 1)]);
    const folder = freshFolder();
    await play(stage, folder, sessionOf(stage, 'demo'), {
      maxOrderAgeMs: 1000,
      before: (frame) => {
        stage.lag = frame >= 4 ? 1001 : 1000;
      },
    });
    const entries = await entriesOf(folder);
    const rejected = entries.flatMap(({ message }) => (message.type === 'OrderRejected' ? [message] : []));
    expect(rejected.length).toBeGreaterThan(0);
    expect(new Set(rejected.map(({ reason }) => reason))).toEqual(new Set(['too_late']));
    const close = (frame: number): number => stage.market.tapes[0]!.closeTs[frame]!;
    expect(Math.min(...rejected.map(({ ts }) => ts))).toBeGreaterThanOrEqual(close(4));
    const submits = entries.flatMap(({ message }) => (message.type === 'SubmitOrder' ? [message] : []));
    const refused = new Set(rejected.map(({ orderId }) => orderId));
    const sent = submits.filter(({ orderId, parent }) => !refused.has(orderId) && !(parent !== null && refused.has(parent)));
    expect(stage.reached).toEqual(sent.map(({ orderId }) => orderId));
    // The children of a bracket that was not sent are told that their parent is gone.
    const orphans = submits.filter(({ parent }) => parent !== null && refused.has(parent)).map(({ orderId }) => orderId);
    const gone = entries.flatMap(({ message }) =>
      message.type === 'OrderCanceled' && message.reason === 'parent_gone' ? [message.orderId] : [],
    );
    expect(gone).toEqual(expect.arrayContaining(orphans));
    expect((await verifyLiveRun(folder, async () => busy)).isSame).toBe(true);
  });
});

describe('history', () => {
  it('TIME-8: is asked of REST before the first decision, recorded as such, and decided on by nobody', async () => {
    const seen: number[] = [];
    const watching: Strategy<unknown> = { ...busy, decide: (_, candle) => void seen.push(candle.row, candle.close(2)) };
    const stage = new Stage([waves(8, 1)]);
    stage.shown = 4;
    const folder = freshFolder();
    await play(stage, folder, sessionOf(stage, 'paper', 3), { strategy: watching });
    // Row 3 is the first that is decided on: three rows of history come before it.
    const closes = waves(8, 1).map(([, , , close]) => close);
    expect(seen.slice(0, 4)).toEqual([3, closes[2], 4, closes[3]]);
    const marks = readFileSync(liveFiles(folder).frames, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.includes('"history":true'));
    expect(marks).toEqual([true, true, true, false, false, false, false]);
    expect((await verifyLiveRun(folder, async () => watching)).isSame).toBe(true);
  });
});

describe('predictions', () => {
  const asking: Strategy<unknown> = {
    ...defineStrategy({ id: 'asking', features: () => ({}), decide: () => undefined }).build({}),
    models: [{ id: 'm', hash: 'aa', inputs: [], outputs: [] }],
    decide: (_, candle, desk) => void desk.predict(0, candle.instrument, [candle.close()]),
  };
  const served: Predictions = {
    answer: (requests) =>
      requests.map(({ ts, instrument, requestId, input }): Fact => ({
        type: 'PredictionReady',
        ts,
        instrument,
        requestId,
        modelHash: 'aa',
        values: input,
      })),
    fill: () => undefined,
  };
  it('are recorded, and never asked for again when the run is folded', async () => {
    const stage = new Stage([waves(5, 1), waves(5, 2)]);
    const folder = freshFolder();
    await play(stage, folder, sessionOf(stage, 'paper'), { strategy: asking, predictions: served });
    const answers = (await entriesOf(folder)).filter(({ message }) => message.type === 'PredictionReady');
    expect(answers).toHaveLength(10);
    expect((await verifyLiveRun(folder, async () => asking)).isSame).toBe(true);
  });
  it('that come too late have failed, and the frame goes on without them', async () => {
    const stage = new Stage([waves(3, 1)]);
    const folder = freshFolder();
    const late: Predictions = { answer: () => new Promise(() => {}), fill: () => undefined };
    await play(stage, folder, sessionOf(stage, 'paper'), { strategy: asking, predictions: late, predictionDeadlineMs: 5 });
    const facts = (await entriesOf(folder)).flatMap(({ lane, message }) => (lane === 'in' ? [message] : []));
    expect(facts.map((fact) => (fact.type === 'PredictionFailed' ? fact.reason : fact.type))).toEqual(['late', 'late', 'late']);
    expect(kinds(stage)).toEqual(['prediction', 'prediction', 'prediction']);
  });
  it('that stand as columns are recorded with their frame before it is decided', async () => {
    const seen: number[] = [];
    const reading: Strategy<unknown> = {
      ...asking,
      models: [{ id: 'm', hash: 'aa', inputs: [], outputs: ['p'] }],
      decide: (_, candle) => void seen.push(candle.feature(0)),
    };
    const stage = new Stage([waves(4, 1)]);
    const folder = freshFolder();
    const columns: Predictions = {
      answer: () => [],
      fill: (ranges, { predictions }) => {
        for (const { instrument, from, to } of ranges) for (let row = from; row < to; row++) predictions[instrument]![0]![row] = row / 8;
      },
    };
    await play(stage, folder, sessionOf(stage, 'paper'), { strategy: reading, predictions: columns });
    expect(seen).toEqual([0, 0.125, 0.25, 0.375]);
    expect(readFileSync(liveFiles(folder).frames, 'utf8').split('\n')[1]).toContain('"predictions":[[0.125]]');
    await verifyLiveRun(folder, async () => reading);
    expect(seen.slice(4)).toEqual([0, 0.125, 0.25, 0.375]);
  });
});

describe('a folder', () => {
  it('is run by one process at a time, and a new run does not go into an old one', async () => {
    const stage = new Stage([waves(3, 1)]);
    const folder = freshFolder();
    const stop = new AbortController();
    const first = runLiveSession({
      folder,
      session: sessionOf(stage, 'paper'),
      strategy: busy,
      feed: stage,
      signal: stop.signal,
      onIdle: async () => {
        await expect(play(stage, folder, null)).rejects.toThrow(/\.lock: process \d+ .* runs this folder; stop it first/);
        stop.abort();
      },
    });
    await first;
    await expect(play(stage, folder, sessionOf(stage, 'paper'))).rejects.toThrow('holds a run already');
    expect((await play(stage, folder, null)).frames).toBe(3);
  });
});
