import { describe, expect, it } from 'vitest';
import { levelRows } from '../../src/svg/level-rows.ts';

const row = (from: number, to: number) => ({ label: '<b>', value: '1', tone: 'gain' as const, from, to });

describe('levelRows', () => {
  it('places amounts between the margins: 0 at 1.5 %, 50 in the middle, 100 at 98.5 %', () => {
    const { markup } = levelRows([row(0, 50), row(50, 100)], [{ at: 50, kind: 'start' }], 'words');
    expect(markup).toMatch(/<rect[^>]*x="1.5%"[^>]*width="48.5%"/);
    expect(markup).toMatch(/<rect[^>]*x="50%"[^>]*width="48.5%"/);
    expect(markup).toMatch(/<line class="level-start" x1="50%"/);
  });

  it('joins rows that follow each other, and marks an amount with no way to go', () => {
    expect(levelRows([row(0, 50), row(50, 100)], [], 'words').markup.match(/level-join/g)).toHaveLength(1);
    expect(levelRows([row(0, 50), row(60, 100)], [], 'words').markup).not.toContain('level-join');
    expect(levelRows([row(5, 5)], [], 'words').markup).toMatch(/<circle[^>]*cx="50%"/);
  });

  it('escapes its texts', () => {
    expect(levelRows([row(0, 1)], [], '"><i>').markup).not.toMatch(/<b>|<i>/);
  });
});
