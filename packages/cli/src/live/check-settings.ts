import type { StrategyDefinition } from '@orrery/core';
import type { Promotion } from '@orrery/live';
import { settingsAsParams } from '../config/strategy-params.ts';
import { timeframeParams } from '../config/timeframes.ts';
import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';

/**
 * Holds settings and `--timeframes` to a promotion: what it approved is what runs, and nobody shall believe in another value.
 * @throws InputError naming the setting and what was promoted
 */
export function checkPromotedSettings(promotion: Promotion, definition: StrategyDefinition, flags: Flags, context: VerbContext): void {
  const { params, strategy, interval } = promotion;
  for (const { setting, value, where } of settingsAsParams(definition, context)) {
    const promoted = params[setting.param ?? ''];
    if (promoted === value) continue;
    throw new InputError(`${where}: was promoted with ${setting.param} ${String(promoted)}; leave it out, or promote a run with it`);
  }
  if (flags.list('timeframes').length > 0) {
    for (const [name, value] of Object.entries(timeframeParams(definition, interval, flags, {}))) {
      if (params[name] === value) continue;
      throw new InputError(`--timeframes: was promoted with ${name} ${String(params[name])}; leave it out, or promote a run with it`);
    }
  }
  const mode = context.settings.get('strategy-mode');
  if (mode.source === 'default' || mode.value === strategy.id) return;
  if (mode.source === 'flag') throw new InputError(`${mode.where}: the promotion is of strategy ${strategy.id}; leave it out`);
  context.log(`warning: ${mode.where} is passed over: the promotion is of strategy ${strategy.id}`);
}
