import { describe, expect, it } from 'vitest';
import { moneyBySymbol } from '../../src/data/symbol-money.ts';
import { profitBridge } from '../../src/data/profit-bridge.ts';
import { symbolMoneyTable } from '../../src/sections/symbol-money.ts';
import { sampleRun } from '../sample-run.ts';

const account = {
  startEquity: '100',
  endEquity: '108.00000001',
  fees: '3',
  funding: '0.5',
  slippage: '2',
  realizedPnl: '13.00000001',
  unrealizedPnl: '0',
  liquidations: 1,
  liquidationFees: '4',
  absorbed: '1.5',
};
const btc = {
  symbol: 'BTCUSDT',
  trades: 4,
  wins: 3,
  grossPnl: 20e8,
  fees: 2e8,
  funding: 1e8,
  slippage: 2e8,
  liquidationFees: 0,
  absorbed: 0,
  turnover: 900e8,
  liquidations: 0,
};
const eth = {
  ...btc,
  symbol: 'ETHUSDT',
  trades: 1,
  wins: 0,
  grossPnl: -699_999_999,
  fees: 1e8,
  funding: -0.5e8,
  slippage: 0,
  liquidationFees: 4e8,
  absorbed: 1.5e8,
  liquidations: 1,
};

describe('moneyBySymbol', () => {
  it('leads every row from gross to net: 22 − 2 − 2 + 1 = 19 and −6.99999999 − 1 − 0.5 − 4 + 1.5 = −10.99999999', () => {
    const { rows } = moneyBySymbol([btc, eth], account);
    expect(rows[0]).toMatchObject({ gross: 22e8, slippage: -2e8, fees: -2e8, funding: 1e8, liquidationFees: 0, net: 19e8 });
    expect(rows[1]).toMatchObject({ gross: -699_999_999, slippage: 0, liquidationFees: -4e8, absorbed: 1.5e8, net: -1_099_999_999 });
    for (const row of rows) expect(row.gross + row.slippage + row.fees + row.funding + row.liquidationFees + row.absorbed).toBe(row.net);
  });

  it('adds up to the account: 19 − 10.99999999 = 8.00000001', () => {
    expect(moneyBySymbol([btc, eth], account)).toMatchObject({
      all: { trades: 5, wins: 3, net: 800_000_001, turnover: 1800e8, liquidations: 1 },
      account: 800_000_001,
      unexplained: 0,
    });
  });

  it('takes a turnover of more than 2^53 sats, about 90 million USDT', () => {
    const busy = { ...btc, turnover: 8e15 };
    expect(moneyBySymbol([busy, { ...busy, symbol: 'ETHUSDT' }], account).all.turnover).toBe(16e15);
  });

  it('shows a symbol that is missing as unexplained, to the last unit', () => {
    expect(moneyBySymbol([btc], account).unexplained).toBe(-1_099_999_999);
  });

  it('adds up in a run with liquidations', () => {
    const { result, series } = sampleRun({ seed: 6, symbols: ['AUSDT', 'BUSDT'], days: 60, intervalMinutes: 60, forced: true });
    const money = moneyBySymbol(series.symbols, result.account);
    expect(money.unexplained).toBe(0);
    expect(money.all.net).toBe(profitBridge(result.account).net);
    expect(money.all.liquidations).toBe(result.account.liquidations);
  });
});

describe('symbolMoneyTable', () => {
  it('names the account only where the symbols do not add up to it', () => {
    expect(symbolMoneyTable([btc, eth], account).markup).not.toMatch(/Unexplained|>Account</);
    expect(symbolMoneyTable([btc], account).markup).toMatch(/Unexplained[^]*>Account</);
  });

  it('says so where the run recorded none', () => {
    expect(symbolMoneyTable([], account).markup).toContain('recorded no money by symbol');
  });
});
