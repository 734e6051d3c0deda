import { DEFAULT_VENUE } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { reproduceCommand, verifyCommand } from '../src/reproduce-command.ts';
import { sampleRun } from './sample-run.ts';

const { result } = sampleRun({ seed: 9, symbols: ['BTCUSDT', 'ETHUSDT'], days: 2, intervalMinutes: 60 });

describe('reproduceCommand', () => {
  it('names every setting of the run', () => {
    expect(reproduceCommand(result)).toBe(
      'orrery backtest --strategy ema-cross --symbols BTCUSDT,ETHUSDT --interval 1h --from 2024-11-18T00:00:00.000Z ' +
        '--to 2024-11-20T00:00:00.000Z --param fast=12 --param slow=26 --seed 9 --equity 10000 --maker-fee-bps 2 ' +
        '--taker-fee-bps 5 --slippage-bps 1.5 --fills pessimistic --leverage 10 --half-spread-bps 0.5 --fine 1m --max-leverage 5',
    );
  });

  it('names the whole venue where it is not the usual one', () => {
    const venue: (typeof result)['config']['venue'] = {
      ...result.config.venue,
      marginMode: 'isolated',
      hedgeMode: true,
      leverage: 20,
      spreadBps: 0,
      impactBps: 30,
      maxVolumeShare: 0.05,
      limitFill: 'touch',
      latencyMs: [50, 200],
      fine: null,
      universe: { top: 50, trailingDays: 30 },
    };
    const command = reproduceCommand({ ...result, config: { ...result.config, venue } });
    expect(command).toContain(
      ' --margin isolated --hedge --impact-bps 30 --max-volume-share 0.05 --limit-fill touch --latency-ms 50..200 --fine none --max-leverage',
    );
    expect(command).toContain(' --symbols @top50:30 ');
    const usual = { ...result.config, venue: { ...venue, ...DEFAULT_VENUE, fine: 'auto' } };
    expect(reproduceCommand({ ...result, config: usual })).toContain(' --fills pessimistic --max-leverage');
  });

  it('leaves out bounds that were not set', () => {
    const open = { ...result, config: { ...result.config, from: null, to: null } };
    expect(reproduceCommand(open)).not.toMatch(/--from|--to /);
  });

  it('does not name a strategy of a file as if it shipped with Orrery', () => {
    const own = { ...result, config: { ...result.config, strategyHash: 'ab12' } };
    expect(reproduceCommand(own)).toMatch(/^orrery backtest --strategy FILE --symbols /);
  });

  it('quotes what a shell would obey', () => {
    const hostile = { ...result, config: { ...result.config, strategy: "a'b; rm -rf $HOME" } };
    expect(reproduceCommand(hostile)).toContain(`--strategy 'a'\\''b; rm -rf $HOME' --symbols`);
    expect(verifyCommand({ ...result, runId: '$(x)' })).toBe("orrery verify '$(x)'");
  });
});
