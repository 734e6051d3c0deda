import type { CardParity } from '@orrery/models';

/** A model that does not compute what XGBoost does. Never written to disk. */
export class ParityError extends Error {
  override readonly name = 'ParityError';
}

/** Margins of the same rows by one engine. */
export interface EngineMargins {
  readonly engine: string;
  readonly margins: Float32Array;
}

/**
 * Holds the engines against the first one, bit by bit.
 * @throws ParityError naming the engine and its first differing row
 */
export function requireParity(reference: EngineMargins, others: readonly EngineMargins[]): CardParity {
  const rows = reference.margins.length;
  const expected = bitsOf(reference.margins);
  for (const { engine, margins } of others) {
    const actual = bitsOf(margins);
    let differing = Math.abs(margins.length - rows);
    let first = -1;
    for (let row = 0; row < Math.min(rows, margins.length); row++) {
      if (actual[row] === expected[row]) continue;
      differing += 1;
      if (first < 0) first = row;
    }
    if (differing === 0) continue;
    throw new ParityError(
      `the exported model is refused: ${engine} and ${reference.engine} differ on ${differing} of ${rows} rows, first on row ${first}: ${margins[first]} for ${reference.margins[first]}`,
    );
  }
  return { rows, differing: 0, engines: [reference.engine, ...others.map(({ engine }) => engine)] };
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}
