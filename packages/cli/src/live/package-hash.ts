import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * SHA-256, in hex, over the code of one of our packages without those that it imports: the same sources give the same hash in
 * every clone. Comments and types have no part in it.
 */
export async function packageHash(name: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(name);
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: path.dirname(entry),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'node20',
    minifyWhitespace: true,
    external: ['@orrery/*'],
    tsconfigRaw: '{}',
    logLevel: 'silent',
  });
  const hash = createHash('sha256');
  for (const { text } of outputFiles) hash.update(text);
  return hash.digest('hex');
}
