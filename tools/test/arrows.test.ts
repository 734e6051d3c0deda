import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf } from './source-text.ts';
import { manifests, readText, repositoryFiles } from './workspace.ts';

const ALL = ['core', 'strategies', 'data', 'models', 'backtest', 'live', 'report', 'emulator', 'ml-train'];
/** Which packages of ours each may import: the table of the architecture's page. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  strategies: ['core'],
  data: ['core'],
  models: ['core'],
  backtest: ['core', 'data', 'models'],
  live: ['core', 'data', 'models'],
  report: ['core', 'data'],
  emulator: ['core', 'data'],
  'ml-train': ['core', 'data', 'models', 'backtest'],
  cli: ALL,
  bench: ALL,
  examples: ALL,
};
const PURE = ['core', 'strategies'];

const sources = repositoryFiles().filter((file) => /^(?:packages\/[^/]+\/src|bench\/src|examples)\/.*\.ts$/.test(file));
const packageOf = (file: string): string => file.replace(/^packages\//, '').replace(/\/.*$/, '');
const bareName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
const imports = sources.flatMap((file) => importsOf(readText(file)).map((specifier) => ({ file, specifier })));

describe('arrows between packages', () => {
  it('knows every package of the workspace', () => {
    const names = manifests()
      .filter(({ file }) => file !== 'package.json')
      .map(({ file }) => packageOf(file));
    expect(names.filter((name) => ARROWS[name] === undefined)).toEqual([]);
    expect(sources.length).toBeGreaterThan(0);
  });
  it('imports no package of ours that the table does not allow', () => {
    const wrong = imports.filter(({ file, specifier }) => {
      const own = packageOf(file);
      const target = /^@orrery\/([^/]+)/.exec(specifier)?.[1];
      return target !== undefined && target !== own && !(ARROWS[own] ?? []).includes(target);
    });
    expect(wrong).toEqual([]);
  });
  it('leaves its package only by name, never by a path', () => {
    const wrong = imports.filter(({ file, specifier }) => {
      if (!specifier.startsWith('.')) return false;
      const target = path.posix.join(path.posix.dirname(file), specifier);
      return packageOf(target) !== packageOf(file);
    });
    expect(wrong).toEqual([]);
  });
  it('declares what it imports', () => {
    const declared = new Map(manifests().map((manifest) => [path.posix.dirname(manifest.file).replace(/^packages\//, ''), manifest]));
    const wrong = imports.filter(({ file, specifier }) => {
      if (specifier.startsWith('.') || specifier.startsWith('node:')) return false;
      const manifest = declared.get(packageOf(file));
      const names = { ...manifest?.dependencies, ...manifest?.peerDependencies, ...manifest?.optionalDependencies };
      return names[bareName(specifier)] === undefined && manifest?.name !== bareName(specifier);
    });
    expect(wrong).toEqual([]);
  });
  it.each(PURE)('keeps %s free of Node and of foreign packages', (name) => {
    const foreign = imports.filter(
      ({ file, specifier }) => packageOf(file) === name && !specifier.startsWith('.') && !specifier.startsWith('@orrery/'),
    );
    expect(foreign).toEqual([]);
  });
  it('declares no dependency of ours against the table', () => {
    const wrong = manifests()
      .filter(({ file }) => file !== 'package.json')
      .flatMap(({ file, dependencies }) => {
        const own = packageOf(file);
        const ours = Object.keys(dependencies ?? {})
          .filter((name) => name.startsWith('@orrery/'))
          .map((name) => name.slice('@orrery/'.length));
        return ours.filter((name) => !(ARROWS[own] ?? []).includes(name)).map((name) => `${file}: ${name}`);
      });
    expect(wrong).toEqual([]);
    expect(Object.keys(manifests().find(({ name }) => name === '@orrery/core')?.dependencies ?? {})).toEqual([]);
  });
});
