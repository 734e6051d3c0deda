import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_VENUE } from '@orrery/core';
import { afterAll, describe, expect, it } from 'vitest';
import { checkPromotion, newSession, readPromotion, writePromotion, type PresentParts, type Promotion } from '../../src/index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-promotion-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DRAFT: Omit<Promotion, 'schema' | 'id' | 'seal'> = {
  target: 'demo',
  promotedAt: 1_735_689_600_000,
  run: { runId: 'cross-1', digest: 'd1' },
  evidence: { kind: 'none' },
  strategy: { id: 'cross', file: null, hash: 's1' },
  params: { fast: 9 },
  features: ['ema(close,9)'],
  models: [{ name: 'm', id: 'm-1', hash: 'm1', inputs: ['ema(close,9)'], outputs: ['probability'] }],
  symbols: ['BTCUSDT'],
  interval: '5m',
  dataset: { digest: 'x1', synthetic: false },
  account: {
    equity: '10000',
    makerFeeBps: 2,
    takerFeeBps: 5,
    slippageBps: 0,
    fills: 'pessimistic',
    maxLeverage: 3,
    seed: 1,
    venue: { ...DEFAULT_VENUE, marginMode: 'isolated', hedgeMode: true, leverage: 7 },
  },
  versions: { orrery: '0.1.0', node: '20', core: 'c1' },
};
const NOW: PresentParts = { strategyHash: 's1', coreHash: 'c1', features: ['ema(close,9)'], models: DRAFT.models };

describe('a promotion', () => {
  it('comes back as it was written, under a seal over everything else', () => {
    const { file, promotion } = writePromotion(folder, DRAFT);
    expect(readPromotion(file)).toEqual(promotion);
    expect(path.basename(file)).toBe(`${promotion.id}.json`);
    const { seal, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as Promotion;
    expect(seal).toBe(createHash('sha256').update(JSON.stringify(rest)).digest('hex'));
  });
  it('is refused when any of its fields was changed', () => {
    const { file } = writePromotion(folder, DRAFT);
    const text = readFileSync(file, 'utf8');
    const changes = [
      ['"target": "demo"', '"target": "live"'],
      ['"equity": "10000"', '"equity": "20000"'],
      ['"fast": 9', '"fast": 8'],
      ['"hash": "s1"', '"hash": "s2"'],
      ['"BTCUSDT"', '"ETHUSDT"'],
    ] as const;
    for (const [from, to] of changes) {
      const changed = path.join(folder, 'changed.json');
      writeFileSync(changed, text.replace(from, to));
      expect(() => readPromotion(changed), to).toThrow(/was changed since it was sealed .*promote the run again/);
    }
  });
  it('is refused when a part is no longer what it was, naming the part, both hashes and the mend', () => {
    const { promotion } = writePromotion(folder, DRAFT);
    const refused = (now: Partial<PresentParts>, ...texts: readonly string[]): void => {
      for (const text of texts) expect(() => checkPromotion('p.json', promotion, { ...NOW, ...now })).toThrow(text);
    };
    const mend = 'restore it, or backtest and promote again';
    refused({ strategyHash: 's2' }, 'p.json: the source of strategy cross has changed since the promotion (then s1, now s2)', mend);
    refused({ coreHash: 'c2' }, 'the core has changed since the promotion (then c1, now c2)', mend);
    refused(
      { models: [{ name: 'm', id: 'm-2', hash: 'm2', inputs: [], outputs: [] }] },
      'model m has changed since the promotion (then m1, now m2)',
      mend,
    );
    refused({ models: [] }, '(then m1, now missing)');
    refused({ features: ['ema(close,10)'] }, 'the list of features has changed');
    refused(
      { models: [...DRAFT.models, { name: 'n', id: 'n', hash: 'n1', inputs: [], outputs: [] }] },
      'model n has changed since the promotion (then not part of it, now n1)',
    );
    expect(checkPromotion('p.json', promotion, NOW)).toBe(undefined);
  });
  it('allows what it was made for and less, with new client order ids for each run', () => {
    const { promotion } = writePromotion(folder, DRAFT);
    const options = { history: 0, filters: [], now: 5 };
    expect(() => newSession(promotion, { ...options, mode: 'live' })).toThrow('is to demo; promote the run to live first');
    const [first, second] = [newSession(promotion, { ...options, mode: 'demo' }), newSession(promotion, { ...options, mode: 'paper' })];
    expect([first.mode, second.mode]).toEqual(['demo', 'paper']);
    expect(first.sessionTag).toMatch(/^[a-z0-9]{1,12}$/);
    expect(first.sessionTag).not.toBe(second.sessionTag);
  });
});
