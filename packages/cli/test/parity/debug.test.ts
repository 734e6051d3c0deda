import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { buildStrategy, DEFAULT_REQUEST, runBacktest } from '@orrery/backtest';
import { EntryList, DEFAULT_VENUE } from '@orrery/core';
import { runOverEmulator } from '../../src/parity/over-emulator.ts';
import { madeMarket } from './made-market.ts';
import * as w from './whims.ts';
it('debug', async () => {
  const which = process.env['WHICH'] ?? '1';
  const cases: any = {
    1: [
      w.whimsical('brackets', 1, [w.bracketAtMarket, w.bracketAtLimit, w.bracketAtLimit, w.wait]),
      madeMarket(['BTCUSDT', 'ETHUSDT'], 150, 1),
      { slippageBps: 1 },
    ],
    2: [
      w.whimsical('triggers', 1, [w.bracketAtMarket, w.stopLimit, w.stopLimit, w.takeProfitLimit, w.trail, w.closeWhole, w.goFlat, w.wait]),
      madeMarket(['BTCUSDT', 'ETHUSDT'], 250, 2),
      { slippageBps: 1 },
    ],
    3: [w.whimsical('limits', 1, [w.restAndAmend, w.restAndAmend, w.immediate, w.goFlat]), madeMarket(['BTCUSDT'], 250, 3), {}],
    4: [
      w.whimsical('gambler', 30, [w.gamble, w.gamble, w.bracketAtLimit, w.wait]),
      madeMarket(['BTCUSDT', 'ETHUSDT'], 200, 4, 0.02),
      { venue: { ...DEFAULT_VENUE, leverage: 50 }, maxLeverage: 50 },
    ],
    5: [
      w.whimsical('gambler', 30, [w.gamble, w.gamble, w.bracketAtLimit, w.wait]),
      madeMarket(['BTCUSDT', 'ETHUSDT'], 200, 4, 0.02),
      { venue: { ...DEFAULT_VENUE, marginMode: 'isolated', leverage: 50 }, maxLeverage: 50 },
    ],
    6: [
      w.whimsical('parts', 2, [w.bracketAtMarket, w.bracketAtLimit, w.immediate, w.wait]),
      madeMarket(['BTCUSDT'], 200, 5),
      { venue: { ...DEFAULT_VENUE, maxVolumeShare: 0.0005, spreadBps: 1, impactBps: 20, limitFill: 'touch' } },
    ],
  };
  const [strategy, market, change] = cases[which];
  const request: any = {
    ...DEFAULT_REQUEST,
    strategy,
    strategyHash: null,
    params: {},
    symbols: market.filters.map((f: any) => f.symbol),
    interval: '5m',
    ...change,
  };
  const list = new EntryList();
  await runBacktest(request, market, { recorders: [list], bounds: 'never' });
  const problems: any[] = [];
  const live = await runOverEmulator({
    request,
    interval: '5m',
    market,
    strategy: buildStrategy(request),
    predictions: undefined,
    mode: 'demo',
    faults: undefined,
    seed: 1,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const rows = (entries: any) => entries.map((e: any) => ({ pos: e.pos, lane: e.lane, ...e.message }));
  const a = rows(list.entries),
    b = rows(live.entries);
  const byOrder = (rs: any[]) => {
    const m = new Map<string, any[]>();
    for (const r of rs)
      if (r.orderId !== undefined) {
        const k = `${r.instrument}:${r.orderId}`;
        m.set(k, [...(m.get(k) ?? []), r]);
      }
    return m;
  };
  const A = byOrder(a),
    B = byOrder(b);
  const strip = (r: any) => {
    const { pos, ts, reference, mark, ...x } = r;
    return JSON.stringify(Object.entries(x).sort());
  };
  const bad: { pos: number; key: string }[] = [];
  for (const [k, ra] of A) {
    const rb = B.get(k) ?? [];
    const i = ra.findIndex((r: any, n: number) => rb[n] === undefined || strip(r) !== strip(rb[n]));
    if (i >= 0 || rb.length !== ra.length) bad.push({ pos: (ra[Math.max(0, i)] ?? ra[0]).pos, key: k });
  }
  bad.sort((x, y) => x.pos - y.pos);
  let out = `bad ${bad.length} of ${A.size}\n`;
  for (const { key } of bad.slice(0, 4)) {
    out += `== ${key}\n-- backtest\n${(A.get(key) ?? []).map((r: any) => JSON.stringify(r)).join('\n')}\n-- live\n${(B.get(key) ?? []).map((r: any) => JSON.stringify(r)).join('\n')}\n`;
  }
  const at = bad[0];
  if (at) {
    const [inst] = at.key.split(':').map(Number);
    for (const [name, rs] of [
      ['backtest', a],
      ['live', b],
    ] as const)
      out +=
        `== window ${name}\n` +
        rs
          .filter((r: any) => r.instrument === inst && r.pos >= at.pos - 4 && r.pos <= at.pos + 4)
          .map((r: any) => JSON.stringify(r))
          .join('\n') +
        '\n';
    const tape = market.tapes[inst!];
    const n = market.tapes.length;
    const row = Math.ceil(at.pos / n) - 1;
    for (let r = row - 1; r <= row + 1; r++)
      out += `row ${r} o ${tape.open[r]} h ${tape.high[r]} l ${tape.low[r]} c ${tape.close[r]} close ${tape.closeTs[r]}\n`;
  }
  const liqs = (rs: any[]) =>
    rs
      .filter((r: any) => r.type === 'PositionLiquidated')
      .slice(0, 6)
      .map((r: any) => JSON.stringify(r))
      .join('\n');
  out += `liqs backtest\n${liqs(a)}\nliqs live\n${liqs(b)}\n`;
  out += `problems ${JSON.stringify(live.problems.slice(0, 5))}\n refused ${JSON.stringify(live.venue.requests.refused)}`;
  writeFileSync(`/tmp/emu-debug-${which}.txt`, out);
}, 300000);
