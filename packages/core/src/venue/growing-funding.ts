import type { FundingSeries } from './funding.ts';

/** Funding rates that become known while a run goes on. What lies behind the last known time reads as never. */
export class GrowingFunding implements FundingSeries {
  length = 0;
  readonly times: Float64Array;
  readonly ratesE8: Float64Array;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity).fill(Infinity);
    this.ratesE8 = new Float64Array(capacity);
  }

  /** @throws RangeError when there is no room or the time is not behind the last one; `SimVenue.noticeFunding` must follow */
  append(time: number, rateE8: number): void {
    if (this.length === this.times.length) throw new RangeError(`there is room for ${this.length} funding times`);
    if (this.length > 0 && time <= this.times[this.length - 1]) throw new RangeError(`funding time ${time} is not behind the last one`);
    this.times[this.length] = time;
    this.ratesE8[this.length] = rateE8;
    this.length += 1;
  }
}
