import type { ResolvedSetting, Settings } from './resolve-settings.ts';

/** One line for each setting that asks for what is not there yet, or contradicts another. */
export function settingFaults(settings: Settings): readonly string[] {
  return settings.all.flatMap((resolved) => laterFault(resolved) ?? []);
}

function laterFault({ setting, value, source, where }: ResolvedSetting): string | null {
  if (source === 'default' || value === setting.default) return null;
  const word = setting.type === 'word' && typeof value === 'string' ? setting.laterWords[value] : undefined;
  const later = word ?? setting.later;
  return later === undefined ? null : `${where}: ${later}`;
}
