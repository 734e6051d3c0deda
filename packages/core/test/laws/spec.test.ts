import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const CORE = join(import.meta.dirname, '..', '..');
const stated = [...readFileSync(join(CORE, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map(([, rule]) => rule!);
const FAMILIES = [...new Set(stated.map((rule) => rule.slice(0, rule.indexOf('-'))))].join('|');
const RULE = new RegExp(String.raw`\b(?:${FAMILIES})-\d+\b`, 'g');
const TITLE = new RegExp(String.raw`^\s*(?:(?:it|describe)\b.*\(|\[?['\x60]|(?:${FAMILIES})-\d+ [^|]*\||\w*\('JRN)`);

function textOf(folder: string, keep: (name: string) => boolean): string {
  return readdirSync(join(CORE, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && keep(name))
    .map((name) => readFileSync(join(CORE, folder, name), 'utf8'))
    .join('\n');
}
const quoted = (text: string): ReadonlySet<string> => new Set(text.match(RULE) ?? []);

/** What titles can be made of: quoted strings, and the rows of the text tables. */
const titles = textOf('test', (name) => name.endsWith('.test.ts') && !name.endsWith('spec.test.ts'))
  .split('\n')
  .filter((line) => TITLE.test(line))
  .join('\n');

describe('SPEC.md', () => {
  it('states each rule once', () => expect(new Set(stated).size).toBe(stated.length));
  it.each(stated)('%s is quoted by the title of a test', (rule) => expect(quoted(titles)).toContain(rule));
  it('has every rule that the source cites', () => {
    const cited = [...quoted(textOf('src', () => true))];
    expect(cited.filter((rule) => !stated.includes(rule))).toEqual([]);
    expect(cited.length).toBeGreaterThan(10);
  });
  it('has every rule that a test quotes', () => {
    expect([...quoted(titles)].filter((rule) => !stated.includes(rule))).toEqual([]);
  });
});
