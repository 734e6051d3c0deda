import { describe, expect, it } from 'vitest';
import { RiskGuard, riskSettingsFault, type RiskSettings } from '../../src/index.ts';
import { SETTINGS, WIDE } from './fixture.ts';

describe('risk settings', () => {
  it.each([
    ['the usual ones', SETTINGS],
    ['wide ones', WIDE],
    ['both leverages the same', { ...SETTINGS, baseLeverage: 20 }],
    ['both shares the same', { ...SETTINGS, minMarginShare: 0.13 }],
  ])('are sound: %s', (_, settings) => expect(riskSettingsFault(settings)).toBeNull());

  it.each<[Partial<RiskSettings>, string]>([
    [{ baseLeverage: 2 }, 'baseLeverage is 2; give a whole number from 3 to 20'],
    [{ baseLeverage: 3.5 }, 'baseLeverage is 3.5; give a whole number from 3 to 20'],
    [{ baseLeverage: 8, maxLeverage: 7 }, 'maxLeverage is 7; give a whole number from baseLeverage (8) to 20'],
    [{ maxLeverage: 21 }, 'maxLeverage is 21; give a whole number from baseLeverage (3) to 20'],
    [{ minMarginShare: 3 }, 'minMarginShare is 3; give a part of 1 from 0.03 to 0.13'],
    [{ maxMarginShare: NaN }, 'maxMarginShare is NaN; give a part of 1 from minMarginShare (0.03) to 0.13'],
    [{ maxPositions: 0 }, 'maxPositions is 0; give a whole number from 1'],
    [{ breakerLevels: [0.05, 0.05, 0.15] }, 'breakerLevels are 0.05, 0.05, 0.15; give three parts of 1, each above the one before'],
    [{ breakerLevels: [0, 0.1, 0.15] }, 'breakerLevels are 0, 0.1, 0.15; give three parts of 1, each above the one before'],
    [{ dailyLoss: 0 }, 'dailyLoss is 0; give a part of 1 above 0'],
    [{ maxDrawdown: 30 }, 'maxDrawdown is 30; give a part of 1 above 0'],
    [{ maxExposure: Infinity }, 'maxExposure is Infinity; give a number above 0'],
    [{ maxCorrelation: 1.1 }, 'maxCorrelation is 1.1; give a number from 0 to 1'],
  ])('%j is refused', (changed, fault) => {
    expect(riskSettingsFault({ ...SETTINGS, ...changed })).toBe(fault);
    expect(() => new RiskGuard(1, 60_000, { ...SETTINGS, ...changed })).toThrow(new RangeError(`risk settings: ${fault}`));
  });
});
