import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FEATURE_DEFINITIONS, strategyContract, type FeatureDefinition } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { emaCross, STRATEGIES } from '../src/index.ts';

const text = readFileSync(fileURLToPath(new URL('../../../docs/strategies.md', import.meta.url)), 'utf8');

/** One line a kind, as the page lists them. */
function lineOf({ kind, inputs, params, description }: FeatureDefinition): string {
  const given = [...inputs, ...params.map(({ name, default: value }) => `${name}=${value}`)];
  return `- \`${kind}(${given.join(', ')})\`: ${description}`;
}

describe('docs/strategies.md', () => {
  it('lists every feature of the registry with its inputs, defaults and meaning, and no other', () => {
    const list = /<!-- features: begin -->\n\n?([\s\S]*?)\n\n?<!-- features: end -->/.exec(text)?.[1] ?? '';
    expect(list.split('\n')).toEqual(FEATURE_DEFINITIONS.map(lineOf));
  });
  it('explains every law of the contract', () => {
    for (const { name } of strategyContract(emaCross)) expect(text).toMatch(new RegExp(`\\| ${name.split(':')[0]} +\\|`));
  });
  it('names every strategy that ships', () => {
    for (const { id } of STRATEGIES) expect(text).toContain(`\`${id}\``);
  });
});
