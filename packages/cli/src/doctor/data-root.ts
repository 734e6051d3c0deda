import { accessSync, constants, existsSync, readdirSync, statSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Check } from './check.ts';

const GIB = 2 ** 30;

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

/** Whether datasets can be written under the data root, which is made when it is first needed, and how much fits. */
export function checkDataRoot(root: string): Check {
  const parent = nearestExisting(root);
  const base = { name: 'data root', required: true } as const;
  if (!statSync(parent).isDirectory()) {
    return { ...base, found: false, detail: `${parent} is a file, not a folder`, mend: 'name a folder with --data or ORRERY_DATA' };
  }
  try {
    accessSync(parent, constants.W_OK | constants.X_OK);
  } catch {
    return {
      ...base,
      found: false,
      detail: `${parent} cannot be written`,
      mend: `chmod u+wx '${parent}', or name another folder with --data or ORRERY_DATA`,
    };
  }
  const disk = statfsSync(parent);
  const free = (disk.bavail * disk.bsize) / GIB;
  return {
    ...base,
    found: true,
    detail: `${root}${parent === root ? '' : ' (made when needed)'}, ${free.toFixed(1)} GiB free`,
    mend: null,
  };
}

/** Whether the sample dataset that comes with the repository is there. */
export function checkSample(): Check {
  const folder = fileURLToPath(new URL('../../../../datasets/sample', import.meta.url));
  const found = existsSync(folder) && readdirSync(folder).length > 0;
  return {
    name: 'sample dataset',
    required: false,
    found,
    detail: found ? folder : 'not found; only the demo needs it',
    mend: found ? null : 'git checkout -- datasets/sample',
  };
}
