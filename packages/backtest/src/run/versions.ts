import { readFileSync } from 'node:fs';

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

function versionOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'version' in value ? String(value.version) : 'unknown';
}

/** What made a result; part of it. */
export const VERSIONS: Readonly<Record<string, string>> = { orrery: versionOf(manifest), node: process.versions.node };
