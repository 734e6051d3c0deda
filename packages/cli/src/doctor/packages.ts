import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { z } from 'zod';
import type { Check } from './check.ts';

const manifestShape = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()).default({}) });
type Manifest = z.infer<typeof manifestShape>;

function readManifest(folder: string): Manifest | null {
  const file = path.join(folder, 'package.json');
  return existsSync(file) ? manifestShape.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** Every package that the command line depends on, straight or through one of ours, and whether it is there (and, if ours, built). */
export function checkPackages(): readonly Check[] {
  const checks = new Map<string, Check>();
  const visit = (folder: string): void => {
    for (const name of Object.keys(readManifest(folder)?.dependencies ?? {})) {
      if (checks.has(name)) continue;
      const target = path.join(folder, 'node_modules', name);
      const manifest = readManifest(target);
      const isOurs = name.startsWith('@orrery/');
      const isBuilt = !isOurs || existsSync(path.join(target, 'dist', 'index.js'));
      const found = manifest !== null && isBuilt;
      const detail = manifest === null ? 'not installed' : `${manifest.version}${isBuilt ? '' : ', not built'}`;
      checks.set(name, { name, required: true, found, detail, mend: found ? null : 'npm run orrery -- doctor' });
      if (isOurs && manifest !== null) visit(target);
    }
  };
  visit(fileURLToPath(new URL('../..', import.meta.url)));
  return [...checks.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
