import { hybrid, ict } from '@orrery/strategies';
import { describe, expect, it } from 'vitest';
import { missingModels } from '../../src/index.ts';

describe('models that a strategy does without', () => {
  it('are named with the way to give them, as long as they are not there', () => {
    const said = 'strategy hybrid has no model "quality": signals pass on their own score alone; give one with --model DIR|ID';
    expect(missingModels(hybrid, [])).toEqual([said]);
    expect(missingModels(hybrid, ['quality'])).toEqual([]);
    expect(missingModels(ict, [])).toEqual([]);
  });
  it('are named one by one where there are several, beside those that it needs', () => {
    const several = { id: 'mine', models: ['needed'], optionalModels: ['a', 'b'] };
    expect(missingModels(several, ['needed', 'a'])).toEqual([
      'strategy mine has no model "b": signals pass on their own score alone; give one with --model b=DIR|ID',
    ]);
  });
});
