import { MAX_INTACT, MAX_ZONES, TOLERANCE_ATR } from './limits.ts';
import { kindCode, stateCode, type StructureWriter } from './structure-writer.ts';

const LIQUIDITY = kindCode('liquidity');
const BROKEN = stateCode('broken');
const SWEPT = stateCode('swept');
const EXPIRED = stateCode('expired');
const SUPERSEDED = stateCode('superseded');

/**
 * Equal highs, or equal lows (STR-8). Prices are signed like those of {@link SwingSide}: stops lie above. `outer` is the edge that stops
 * lie beyond, `inner` the other.
 */
export class LiquiditySide {
  readonly #writer: StructureWriter;
  /** 1 highs, −1 lows. */
  readonly sign: number;
  readonly #expiry: number;
  readonly #intact = new Float64Array(MAX_INTACT);
  readonly #intactOrigin = new Int32Array(MAX_INTACT);
  #intactCount = 0;
  /** The lowest of the swings that nothing went beyond. */
  #nearest = Infinity;
  readonly #outer = new Float64Array(MAX_ZONES);
  readonly #inner = new Float64Array(MAX_ZONES);
  readonly #origin = new Int32Array(MAX_ZONES);
  readonly #handle = new Int32Array(MAX_ZONES);
  readonly #knownAt = new Int32Array(MAX_ZONES);
  #count = 0;
  /** The lowest of the zones' outer edges. */
  #trigger = Infinity;
  #isFound = false;
  #foundOuter = 0;
  #foundInner = 0;
  #foundOrigin = 0;
  /** Whether the current row swept a zone, and which: of several, the outermost. */
  isSweptNow = false;
  sweptLevel = 0;
  sweptOrigin = 0;

  constructor(writer: StructureWriter, sign: number, expiry: number) {
    this.#writer = writer;
    this.sign = sign;
    this.#expiry = expiry;
  }

  /**
   * What the candle does to zones and swings.
   * @param reach the candle's high, or its low with the other sign
   * @param close signed
   */
  settle(row: number, reach: number, close: number, atr: number): void {
    this.isSweptNow = false;
    if (this.#count > 0 && (reach > this.#trigger || this.#count === MAX_ZONES || row - this.#knownAt[0] >= this.#expiry)) {
      this.#settleZones(row, reach, close);
    }
    if (reach > this.#nearest) this.#dropPassed(reach, close, TOLERANCE_ATR * atr);
  }

  /** Compares a swing that the row confirms with those before; what it makes is written by {@link create}. */
  confirm(row: number, level: number, origin: number, atr: number): void {
    this.#match(row, level, origin, TOLERANCE_ATR * atr);
    if (this.#isFound) this.#supersede();
    if (this.#intactCount === MAX_INTACT) {
      this.#intact.copyWithin(0, 1);
      this.#intactOrigin.copyWithin(0, 1);
      this.#intactCount -= 1;
    }
    this.#intact[this.#intactCount] = level;
    this.#intactOrigin[this.#intactCount] = origin;
    this.#intactCount += 1;
    this.#nearest = Math.min(this.#nearest, level);
  }

  create(row: number): void {
    if (!this.#isFound) return;
    this.#isFound = false;
    const k = this.#count++;
    const { sign } = this;
    this.#outer[k] = this.#foundOuter;
    this.#inner[k] = this.#foundInner;
    this.#origin[k] = this.#foundOrigin;
    this.#knownAt[k] = row;
    const top = sign > 0 ? this.#foundOuter : -this.#foundInner;
    const bottom = sign > 0 ? this.#foundInner : -this.#foundOuter;
    this.#handle[k] = this.#writer.create(row, LIQUIDITY, sign, this.#foundOrigin, top, bottom, 0);
    this.#trigger = Math.min(this.#trigger, this.#foundOuter);
  }

  /** Ends all zones and forgets all swings. */
  reset(): void {
    for (let k = 0; k < this.#count; k++) this.#writer.end(this.#handle[k], EXPIRED);
    this.#count = 0;
    this.#trigger = Infinity;
    this.#intactCount = 0;
    this.#nearest = Infinity;
  }

  #settleZones(row: number, reach: number, close: number): void {
    const isFull = this.#count === MAX_ZONES;
    let kept = 0;
    this.#trigger = Infinity;
    for (let k = 0; k < this.#count; k++) {
      const outer = this.#outer[k];
      if (row - this.#knownAt[k] >= this.#expiry || (isFull && k === 0)) this.#writer.end(this.#handle[k], EXPIRED);
      else if (close > outer) this.#writer.end(this.#handle[k], BROKEN);
      else if (reach > outer) this.#sweep(k);
      else this.#keep(k, kept++);
    }
    this.#count = kept;
  }

  #sweep(k: number): void {
    this.#writer.end(this.#handle[k], SWEPT);
    if (this.isSweptNow && this.sweptLevel >= this.#outer[k]) return;
    this.isSweptNow = true;
    this.sweptLevel = this.#outer[k];
    this.sweptOrigin = this.#origin[k];
  }

  #keep(from: number, to: number): void {
    this.#outer[to] = this.#outer[from];
    this.#inner[to] = this.#inner[from];
    this.#origin[to] = this.#origin[from];
    this.#handle[to] = this.#handle[from];
    this.#knownAt[to] = this.#knownAt[from];
    this.#trigger = Math.min(this.#trigger, this.#outer[to]);
  }

  /** Forgets the swings that a close, or more than the tolerance of a wick, went beyond. */
  #dropPassed(reach: number, close: number, tolerance: number): void {
    let kept = 0;
    this.#nearest = Infinity;
    for (let k = 0; k < this.#intactCount; k++) {
      const level = this.#intact[k];
      if (close > level || reach - level > tolerance) continue;
      this.#intact[kept] = level;
      this.#intactOrigin[kept] = this.#intactOrigin[k];
      kept += 1;
      this.#nearest = Math.min(this.#nearest, level);
    }
    this.#intactCount = kept;
  }

  /** NaN as tolerance, before there is an ATR, matches nothing. */
  #match(row: number, level: number, origin: number, tolerance: number): void {
    this.#foundOuter = level;
    this.#foundInner = level;
    this.#foundOrigin = origin;
    for (let k = this.#intactCount - 1; k >= 0; k--) {
      const other = this.#intact[k];
      if (row - this.#intactOrigin[k] > this.#expiry || !(Math.abs(other - level) <= tolerance)) continue;
      this.#isFound = true;
      this.#foundOuter = Math.max(this.#foundOuter, other);
      this.#foundInner = Math.min(this.#foundInner, other);
      this.#foundOrigin = this.#intactOrigin[k];
    }
  }

  /** The new zone takes the place of those that it overlaps. */
  #supersede(): void {
    let kept = 0;
    this.#trigger = Infinity;
    for (let k = 0; k < this.#count; k++) {
      if (this.#inner[k] <= this.#foundOuter && this.#outer[k] >= this.#foundInner) this.#writer.end(this.#handle[k], SUPERSEDED);
      else this.#keep(k, kept++);
    }
    this.#count = kept;
  }
}
