import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os, { hostname } from 'node:os';
import path from 'node:path';
import { DEFAULT_VENUE } from '@orrery/core';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/storage/folder-lock.ts';
import { frameFromLine, frameToLine, type FrameRecord } from '../../src/storage/frame-record.ts';
import { HaltList } from '../../src/storage/halt-list.ts';
import { liveFiles } from '../../src/storage/live-folder.ts';
import { readSession, writeSession, type SessionRecord } from '../../src/storage/session-record.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-storage-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the lock of a run', () => {
  it('is respected while its process lives, and given back', () => {
    const file = path.join(folder, 'mine.lock');
    const release = lockFolder(file);
    expect(() => lockFolder(file)).toThrow(`${file}: process ${process.pid} ${hostname()} runs this folder; stop it first`);
    release();
    expect(existsSync(file)).toBe(false);
    lockFolder(file)();
  });
  it('is taken over when its process is gone, and respected when it is on another machine', () => {
    const file = path.join(folder, 'other.lock');
    // No process has this id: Linux allows at most 4,194,304.
    writeFileSync(file, `99999999 ${hostname()}\n`);
    lockFolder(file)();
    // A leftover of a former process whose id this one has.
    writeFileSync(file, `${process.pid} ${hostname()}\n`);
    lockFolder(file)();
    writeFileSync(file, '1 elsewhere\n');
    expect(() => lockFolder(file)).toThrow('process 1 elsewhere runs this folder');
  });
});

describe('a frame on disk', () => {
  it('is a line that shows what is not empty', () => {
    const frame: FrameRecord = {
      close: 299_999,
      rows: [[0, '1.10', '2', '0.5', '1', '3']],
      isHistory: false,
      funding: [[0, 0, -100]],
      predictions: [[NaN, 0.5]],
    };
    expect(frameToLine(frame)).toBe(
      '{"close":299999,"rows":[[0,"1.10","2","0.5","1","3"]],"funding":[[0,0,-100]],"predictions":[[null,0.5]]}',
    );
  });
  it('comes back as it was', () => {
    const text = fc.integer({ min: 0, max: 1e9 }).map((units) => (units / 100).toFixed(2));
    const frame: fc.Arbitrary<FrameRecord> = fc.record({
      close: fc.nat(),
      rows: fc.array(fc.tuple(fc.nat({ max: 9 }), text, text, text, text, text), { minLength: 1, maxLength: 4 }),
      isHistory: fc.boolean(),
      funding: fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat(), fc.integer()), { maxLength: 3 }),
      predictions: fc.array(
        fc.array(
          fc.double().map((x) => x + 0),
          { maxLength: 2 },
        ),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(frame, (one) => {
        expect(frameFromLine(frameToLine(one))).toEqual(one);
      }),
    );
  });
  it('is refused when a field is not what it was written as', () => {
    expect(() => frameFromLine('{"close":1,"rows":[[0,"1","2","x","1","3"]]}')).toThrow('field rows.0.3');
    expect(() => frameFromLine('{"close":1,"rows":[]}')).toThrow('field rows');
  });
});

describe('halts', () => {
  it('hold for later frames until they are lifted, and outlive the process', () => {
    const files = liveFiles(mkdtempSync(path.join(folder, 'halts-')));
    const halts = new HaltList(files);
    expect([halts.current, halts.isHalted(5)]).toEqual([null, false]);
    halts.halt('contradiction', 'first', 100);
    halts.halt('account', 'second', 200);
    const again = new HaltList(files);
    expect(again.current).toEqual({ kind: 'contradiction', message: 'first', after: 100, until: null });
    expect([100, 101, 9999].map((close) => again.isHalted(close))).toEqual([false, true, true]);
    again.lift(300);
    expect([100, 101, 300, 301].map((close) => again.isHalted(close))).toEqual([false, true, true, false]);
    again.halt('account', 'third', 400);
    expect([300, 301, 401].map((close) => new HaltList(files).isHalted(close))).toEqual([true, false, true]);
    expect(JSON.parse(readFileSync(files.halts, 'utf8'))).toHaveLength(2);
  });
  it('are refused when the file is damaged', () => {
    const files = liveFiles(mkdtempSync(path.join(folder, 'damaged-')));
    writeFileSync(files.halts, '[{"kind": 1}]');
    expect(() => new HaltList(files)).toThrow(/halts\.json: field 0\.kind: 1 is not a text .*restore it from a copy, or begin a new run/);
  });
});

describe('the record of a session', () => {
  const filters = {
    symbol: 'BTCUSDT',
    tickSize: '0.10',
    stepSize: '0.001',
    minQty: '0.001',
    maxQty: '1000',
    marketMaxQty: '120',
    minNotional: '50',
  };
  const account = { equity: '10000', makerFeeBps: 2, takerFeeBps: 5, slippageBps: 0, fills: 'pessimistic', maxLeverage: 3 } as const;
  const record = {
    schema: 'orrery.live/1',
    runId: 'paper-x',
    mode: 'paper',
    strategy: { id: 'x', file: null, hash: 'h' },
    params: {},
    models: [],
    symbols: ['BTCUSDT'],
    interval: '5m',
    filters: [filters],
    sessionTag: 'tag',
    history: 0,
    promotion: 'p',
    startedAt: 1,
    versions: {},
  } as const;
  it('holds filters, brackets and the venue as they were', () => {
    const files = liveFiles(mkdtempSync(path.join(folder, 'new-')));
    const brackets = [{ notionalFloor: '0', notionalCap: '300000', maintMarginRatio: '0.004', initialLeverage: 150 }];
    const full: SessionRecord = {
      ...record,
      filters: [{ ...filters, multiplierUp: '1.0500', maxNumOrders: 200, brackets }],
      account: { ...account, seed: 4, venue: { ...DEFAULT_VENUE, hedgeMode: true, leverage: 50 } },
    };
    writeSession(files, full);
    expect(readSession(files)).toEqual(full);
  });
  it('of before there was a venue is read with the plain one', () => {
    const files = liveFiles(mkdtempSync(path.join(folder, 'old-')));
    writeFileSync(files.session, JSON.stringify({ ...record, account }));
    expect(readSession(files)).toEqual({ ...record, account: { ...account, seed: 1, venue: DEFAULT_VENUE } });
  });
});
