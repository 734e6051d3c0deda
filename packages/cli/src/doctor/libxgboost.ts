import { BoosterProcess, findLibrary, installCommand, versionText } from '@orrery/ml-train/library';
import type { Check } from './check.ts';

/** Whether training would find XGBoost's library, by the very search and in the very process that training uses. */
export async function checkLibxgboost(env: Readonly<Record<string, string | undefined>>): Promise<Check> {
  const missing = (detail: string): Check => ({ name: 'libxgboost', required: false, found: false, detail, mend: installCommand() });
  try {
    const file = findLibrary(env);
    if (file === null) return missing('not found; only training of tree models needs it');
    const booster = await BoosterProcess.open(file);
    booster.close();
    return { name: 'libxgboost', required: false, found: true, detail: `${versionText(booster.version)}, ${file}`, mend: null };
  } catch (error) {
    return missing(error instanceof Error ? error.message : String(error));
  }
}
