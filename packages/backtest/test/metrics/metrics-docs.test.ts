import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRIC_DEFINITIONS, metricsTable } from '../../src/index.ts';

const PAGE = new URL('../../../../docs/metrics.md', import.meta.url);
const BEGIN = '<!-- metrics:begin -->\n';
const END = '<!-- metrics:end -->';

describe('docs/metrics.md', () => {
  it('holds the table of the definitions; ORRERY_UPDATE_DOCS=1 writes it', () => {
    const page = readFileSync(PAGE, 'utf8');
    const [before = '', rest = ''] = page.split(BEGIN);
    const after = rest.slice(rest.indexOf(END));
    const written = `${before}${BEGIN}\n${metricsTable(METRIC_DEFINITIONS)}\n${after}`;
    if (process.env['ORRERY_UPDATE_DOCS'] === '1') writeFileSync(PAGE, written);
    expect(readFileSync(PAGE, 'utf8')).toBe(written);
  });
});
