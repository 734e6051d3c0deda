import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';

/** One function of the page's own scripts, run as it stands: its results come back as plain values. */
export function pageFunction(files: readonly string[], name: string): (...given: readonly unknown[]) => unknown {
  const scripts = files.map((file) => readFileSync(new URL(`../assets/script/${file}`, import.meta.url), 'utf8'));
  const call: (...given: readonly unknown[]) => unknown = runInNewContext(`const report = {};\n${scripts.join('\n')};\nreport.${name}`);
  return (...given) => JSON.parse(JSON.stringify(call(...given)));
}
