import type { Tape } from '../../src/index.ts';
import { tapeOf } from '../feature/market.ts';

/**
 * 61 hourly candles from 2025-01-01 00:00 UTC, drawn by hand: row, open, high, low, close. Each moves by 10 units of volume, rows 25 and 26
 * by 20 and 40. Swings are of two candles on either side.
 */
const DRAWN = `
 0 100 103  99 102
 1 102 105 101 104
 2 104 107 103 106
 3 106 109 105 108
 4 108 110 106 107   swing high 110, known at 6
 5 107 108 104 105
 6 105 106 102 103
 7 103 104 100 101
 8 101 102  98  99   swing low 98, known at 10
 9  99 103  99 102
10 102 106 102 105
11 105 109 105 108
12 108 110 106 107   swing high 110, known at 14: equal highs with row 4
13 107 108 104 105
14 105 107 103 104   the first ATR: fourteen true ranges of 4
15 104 106 102 103
16 103 104 100 101   swing low 100, known at 18
17 101 105 101 104
18 104 108 104 107
19 107 111 107 109   reaches beyond 110 and closes back: sweep of the highs; swing high 111, known at 21; gap 105–107 over row 18
20 109 110 106 107   reaches the middle of the gap 105–107
21 107 109 105 106   fills it
22 106 107 103 104   swing low 103, known at 24; the extreme candle before the break
23 104 108 104 107   the day is over: high 111, low 98
24 107 109 105 106   the last falling candle before the break
25 106 110 106 110
26 111 117 111 116   closes beyond 111: break of structure; gap 109–111 over row 25
27 116 119 115 118   gap 110–115 over row 26
28 118 120 116 117   swing high 120, known at 30
29 117 118 114 115   touches the gap 110–115
30 115 116 112 113   reaches its middle, 112.5
31 113 114 110 112   fills it; reaches the middle of the gap 109–111
32 112 113 108 108   closes beyond the gap 109–111; touches the block 105–109 of row 24
33 108 110 106 109   reaches the middle of that block, touches the block 103–107 of row 22; swing low 106, known at 35
34 109 111 107 110
35 110 112 108 111
36 111 113 109 112   the last rising candle before the break down
37 112 114 110 111   swing high 114, known at 39; the extreme candle before the break down
38 111 112 107 108
39 108 108 103 104   closes beyond 106: change of character; gap 108–110; breaks the block of row 24, middle of that of row 22
40 104 106 101 102   breaks the block of row 22; 106 to 107 is too low for a gap
41 102 104 100 103   swing low 100, known at 43: equal lows with row 16
42 103 107 103 106
43 106 108 104 107   touches the gap 108–110
44 107 110 106 109   fills it; touches the blocks 109–113 and 110–114; swing high 110, known at 46
45 109 110 105 106   as high as row 44, and so no swing of its own
46 106 107 102 103
47 103 104 100 102   swing low 100, known at 49: equal lows with row 41, while row 16 is too old; the second day is over: high 120, low 100
48 102 105 101 104
49 104 106 102 105   swing high 106, known at 51
50 105 106 101 102
51 102 103  98 101   reaches beyond 100 and closes back: sweep of the lows; swing low 98, known at 53; falling and extreme candle before the next break
52 101 105 101 104
53 104 109 104 108   closes beyond 106: change of character
54 108 112 107 111   gap 105–107; reaches the middles of the blocks 109–113 and 110–114
55 111 115 111 114   breaks the block 109–113; gap 109–111
56 114 117 113 116   breaks the block 110–114
57 116 118 114 115   swing high 118, known at 59
58 115 117 112 113   the last falling candle before the next break; swing low 112, known at 60
59 113 116 112 115   as low as row 58, and so no swing; of equals the last is the extreme candle
60 115 120 115 119   closes beyond 118: break of structure
`;

export function drawnTape(): Tape {
  const rows = DRAWN.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).slice(0, 5).map(Number));
  const volumeOf = (row: number): number => (row === 25 ? 20 : row === 26 ? 40 : 10);
  const bars = rows.map(([row, open, high, low, close]) => ({ open, high, low, close, volume: volumeOf(row) }));
  return tapeOf(bars, 3_600_000);
}
