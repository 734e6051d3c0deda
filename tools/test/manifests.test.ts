import { describe, expect, it } from 'vitest';
import { manifests, readText } from './workspace.ts';

describe('manifests', () => {
  it('keep every package private', () => {
    expect(
      manifests()
        .filter((manifest) => manifest.private !== true)
        .map(({ file }) => file),
    ).toEqual([]);
    expect(manifests().length).toBeGreaterThan(5);
  });
  it('take versions from the catalog, where each is exact', () => {
    const loose = manifests().flatMap(({ file, dependencies, devDependencies, optionalDependencies }) =>
      Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
        .filter(([name, version]) => version !== (name.startsWith('@orrery/') ? 'workspace:*' : 'catalog:'))
        .map(([name, version]) => `${file}: ${name} ${version}`),
    );
    expect(loose).toEqual([]);
    const catalog = /\ncatalog:\n((?: {2}.*\n)+)/.exec(`\n${readText('pnpm-workspace.yaml')}`)?.[1] ?? '';
    const versions = catalog
      .trim()
      .split('\n')
      .map((line) => line.trim().replace(/^.*: /, ''));
    expect(versions.length).toBeGreaterThan(5);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });
  it('let no dependency run a script at install', () => {
    const allowed = /\nallowBuilds:\n((?: {2}.*\n?)+)/.exec(readText('pnpm-workspace.yaml'))?.[1] ?? '';
    expect(
      allowed
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith(': false')),
    ).toEqual([]);
  });
  it('leave no download address in the lockfile', () => {
    expect(
      readText('pnpm-lock.yaml')
        .split('\n')
        .filter((line) => /https?:/.test(line)),
    ).toEqual([]);
  });
});
