import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationDocument, environmentExample } from '../../src/config/document.ts';
import { SETTINGS } from '../../src/config/settings.ts';
import { PACKAGE } from '../program.ts';

const read = (...parts: readonly string[]): string => readFileSync(path.join(PACKAGE, '..', '..', ...parts), 'utf8');

describe('what is made of the schema (node tools/configuration.mjs)', () => {
  it('docs/configuration.md is the text that it gives', () => {
    expect(read('docs', 'configuration.md')).toBe(configurationDocument());
  });
  it('.env.example is the text that it gives', () => {
    expect(read('.env.example')).toBe(environmentExample());
  });
  it('.env.example holds exactly the variables of the schema', () => {
    const names = [...read('.env.example').matchAll(/^# ([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(names).toEqual(SETTINGS.map(({ env }) => env));
  });
});
