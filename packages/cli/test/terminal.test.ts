import { describe, expect, it } from 'vitest';
import { durationText } from '../src/terminal/duration.ts';
import { createProgress } from '../src/terminal/progress.ts';
import { table } from '../src/terminal/table.ts';

function screen(isTTY: boolean): { at: (ms: number) => void; screen: Parameters<typeof createProgress>[1]; text: () => string } {
  let time = 0;
  let text = '';
  const stream = { isTTY, columns: 100, write: (piece: string): unknown => (text += piece) };
  return { at: (ms) => void (time = ms), screen: { stream, now: () => time }, text: () => text };
}

describe('progress', () => {
  it('stays silent for the first second', () => {
    const { at, screen: on, text } = screen(true);
    const progress = createProgress('import', on);
    at(900);
    progress.update(9, 10);
    progress.finish();
    expect(text()).toBe('');
  });
  it('draws one line over itself on a terminal, with the time left', () => {
    const { at, screen: on, text } = screen(true);
    const progress = createProgress('import', on);
    at(2_000);
    progress.update(1, 4, 'BTCUSDT');
    // A quarter took 2 s, so three quarters take 6 s more.
    expect(text()).toBe(`\r\u001B[2K${'█'.repeat(6)}${'░'.repeat(18)} import 25 % (1/4, 6 s left) BTCUSDT`);
    progress.finish();
    expect(text().endsWith('\r\u001B[2K')).toBe(true);
  });
  it('writes a line every five seconds elsewhere', () => {
    const { at, screen: on, text } = screen(false);
    const progress = createProgress('import', on);
    for (let ms = 0; ms <= 12_000; ms += 500) {
      at(ms);
      progress.update(ms / 500, 24);
    }
    progress.finish();
    expect(text()).toBe('import 8 % (2/24, 11 s left)\nimport 50 % (12/24, 6 s left)\nimport 91 % (22/24, 1 s left)\n');
  });
});

describe('text', () => {
  it('says durations as people do', () => {
    expect([0, 59.4, 185, 7_800].map(durationText)).toEqual(['0 s', '59 s', '3 min 5 s', '2 h 10 min']);
  });
  it('aligns columns and leaves nothing at the end of a line', () => {
    expect(
      table(
        ['name', 'value'],
        [
          ['a', '1'],
          ['long name', '12'],
        ],
        [1],
      ),
    ).toBe('name       value\na              1\nlong name     12');
  });
});
