import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Folder of real klines: ORRERY_REAL_DATA, else ../shared/data beside the repository. */
export const REAL_DATA: string = path.resolve(repository, process.env['ORRERY_REAL_DATA'] ?? '../shared/data');
/** Whether a group of files is there; tests on it are listed as absent otherwise. */
export function hasRealData(group: string): boolean {
  return existsSync(path.join(REAL_DATA, group));
}
