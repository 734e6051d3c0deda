import { isInterval, type StrategyDefinition } from '@orrery/core';
import { paramValues } from '../backtest/strategy.ts';
import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';
import type { ResolvedSetting } from './resolve-settings.ts';
import { isStronger } from './setting.ts';
import { timeframeParams } from './timeframes.ts';

export type GivenParams = Readonly<Record<string, unknown>>;

/**
 * Parameters of a run's strategy that are not left at their defaults: from `--param`, from the settings that it has as parameters, and from
 * `--timeframes`.
 * @throws InputError when one is given in two ways, or to a strategy that has no such parameter
 */
export function strategyParams(strategy: StrategyDefinition, interval: string, flags: Flags, context: VerbContext): GivenParams {
  const given = paramValues(strategy, flags.list('param'));
  const values: Record<string, unknown> = { ...given };
  for (const resolved of settingsAsParams(strategy, context)) {
    const name = resolved.setting.param ?? '';
    if (Object.hasOwn(given, name)) {
      const source = flags.source('param');
      if (source === resolved.source)
        throw new InputError(`${resolved.where} and --param ${name}: are the same parameter; give one of them`);
      if (isStronger(source, resolved.source)) continue;
    }
    values[name] = resolved.value;
  }
  const base = isInterval(interval) ? timeframeParams(strategy, interval, flags, given) : {};
  return { ...values, ...base };
}

/** Settings that somebody has set and that the strategy has as parameters. @throws InputError for a flag that it has no use for */
export function settingsAsParams(strategy: StrategyDefinition, { settings }: Pick<VerbContext, 'settings'>): readonly ResolvedSetting[] {
  return settings.all.filter(({ setting: { param }, source, where }) => {
    if (param === undefined || source === 'default') return false;
    if (Object.hasOwn(strategy.params, param)) return true;
    if (source === 'flag') throw new InputError(`${where}: strategy ${strategy.id} has no parameter ${param}; leave it out`);
    return false;
  });
}
