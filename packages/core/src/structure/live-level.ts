import { stateCode, type StructureWriter } from './structure-writer.ts';

const BROKEN = stateCode('broken');
const SWEPT = stateCode('swept');

/** A level that is live until a wick goes beyond it, or another takes its place. Prices are signed: beyond is above. */
export class LiveLevel {
  readonly #writer: StructureWriter;
  /** 1 for a high, −1 for a low. */
  readonly #sign: number;
  #handle = -1;
  /** What a wick has to go beyond for anything to happen; infinite while there is no level. */
  limit: number = Infinity;

  constructor(writer: StructureWriter, sign: number) {
    this.#writer = writer;
    this.#sign = sign;
  }

  /** @param reach the candle's extreme, @param close its close, both signed */
  settle(reach: number, close: number): void {
    if (reach > this.limit) this.end(close > this.limit ? BROKEN : SWEPT);
  }

  end(state: number): void {
    if (this.limit !== Infinity) this.#writer.end(this.#handle, state);
    this.limit = Infinity;
  }

  create(row: number, kind: number, origin: number, price: number, quality: number): void {
    this.#handle = this.#writer.create(row, kind, this.#sign, origin, price, price, quality);
    this.limit = this.#sign * price;
  }
}
