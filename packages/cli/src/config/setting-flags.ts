import type { Flag } from '../verb.ts';
import type { Setting } from './setting.ts';
import { SETTINGS } from './settings.ts';

const isGroup =
  (...groups: readonly Setting['group'][]) =>
  ({ group }: Setting): boolean =>
    groups.includes(group);
const keysOf = (isWanted: (setting: Setting) => boolean): readonly string[] => SETTINGS.filter(isWanted).map(({ key }) => key);

/** Settings that every verb knows. */
export const FOLDER_SETTINGS: readonly string[] = keysOf(isGroup('folders'));
/** Settings of a verb that runs a strategy. */
export const STRATEGY_SETTINGS: readonly string[] = keysOf(isGroup('strategies', 'performance', 'models'));
/** Of these, the ones of the live adapter, which sees one candle at a time. */
export const ADAPTER_SETTINGS: readonly string[] = STRATEGY_SETTINGS.filter(
  (key) => key !== 'workers' && key !== 'enable-memory-mapped-storage',
);
/** Settings of a training, which watches a strategy's signals and drives nothing. */
export const TRAIN_SETTINGS: readonly string[] = [
  ...keysOf(isGroup('strategies', 'models')),
  'enable-smart-monitoring',
  'enable-quantization',
];
/** Settings of a verb that trades. */
export const LIVE_SETTINGS: readonly string[] = [...ADAPTER_SETTINGS, ...keysOf(isGroup('trading', 'notifications'))];
export const ALL_SETTINGS: readonly string[] = keysOf(() => true);

/** The flags of settings, for a verb that these concern. What nothing reads yet is known, and not shown in help. */
export function settingFlags(keys: readonly string[]): Readonly<Record<string, Flag>> {
  const own = SETTINGS.filter(({ key, only, group }) => keys.includes(key) && only === undefined && group !== 'folders');
  return Object.fromEntries(own.map((setting) => [setting.key, flagOf(setting)]));
}

function flagOf(setting: Setting): Flag {
  const { type, doc, env, default: fallback, later } = setting;
  return {
    type: type === 'boolean' ? 'boolean' : type === 'whole' || type === 'number' ? 'number' : 'string',
    summary: `${doc.charAt(0).toLowerCase()}${doc.slice(1)} (${env})`,
    ...(type === 'word' ? { choices: setting.words } : {}),
    ...(fallback === null ? {} : { default: fallback }),
    ...(later === undefined ? {} : { hidden: true }),
  };
}
