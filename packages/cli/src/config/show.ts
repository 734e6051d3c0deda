import { EXIT } from '../exit-code.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { settingFaults } from './faults.ts';
import type { ResolvedSetting } from './resolve-settings.ts';

/** Shows every setting; what nothing can act on is a line on stderr each, and exit code 2. */
export function run(_flags: Flags, { settings, document, print, log }: VerbContext): number {
  const faults = settingFaults(settings);
  document({
    schema: 'orrery.config/1',
    settings: settings.all.map((resolved) => ({
      key: resolved.setting.key,
      env: resolved.setting.env,
      value: shownValue(resolved),
      default: resolved.setting.default,
      source: resolved.source,
      readBy: resolved.setting.readBy,
    })),
    faults,
  });
  const rows = settings.all.map((resolved) => [
    resolved.setting.key,
    String(shownValue(resolved) ?? '-'),
    resolved.source,
    resolved.setting.readBy,
  ]);
  print(table(['setting', 'value', 'source', 'read by'], rows));
  for (const fault of faults) log(`orrery: ${fault}`);
  return faults.length === 0 ? EXIT.fine : EXIT.wrongInput;
}

/** Of a secret, whether it is there. */
function shownValue({ setting, value }: ResolvedSetting): string | number | boolean | null {
  if (setting.type === 'secret') return value === null ? 'not set' : 'set';
  return value;
}
