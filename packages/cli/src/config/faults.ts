import type { ResolvedSetting, Settings } from './resolve-settings.ts';

/** One line for each setting that asks for what is not there yet, or contradicts another. */
export function settingFaults(settings: Settings): readonly string[] {
  return [...settings.all.flatMap((resolved) => laterFault(resolved) ?? []), ...workerFaults(settings)];
}

function laterFault({ setting, value, source, where }: ResolvedSetting): string | null {
  if (source === 'default' || value === setting.default) return null;
  const word = setting.type === 'word' && typeof value === 'string' ? setting.laterWords[value] : undefined;
  const later = word ?? setting.later;
  return later === undefined ? null : `${where}: ${later}`;
}

/** Threads hand their columns over in shared memory, computed once. */
function workerFaults(settings: Settings): readonly string[] {
  const of = (key: string): ResolvedSetting | undefined => settings.all.find(({ setting }) => setting.key === key);
  const workers = of('workers');
  if (workers === undefined || Number(workers.value) === 1) return [];
  const [mapped, cached] = [of('enable-memory-mapped-storage'), of('enable-incremental-cache')];
  const excluded = (other: ResolvedSetting, mend: string): string =>
    `${workers.where} and ${other.where} exclude each other: give one worker, or ${mend}`;
  return [
    ...(mapped?.value === true ? [excluded(mapped, 'turn the memory map off')] : []),
    ...(cached?.value === false ? [excluded(cached, 'turn the cache on')] : []),
  ];
}
