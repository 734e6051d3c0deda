import { share } from './score.ts';
import { SIGNAL_QUALITY } from './signal-event.ts';

/** Candles before the signal's whose mean volume its own is held against. */
const VOLUME_CANDLES = 20;
/** Others that speak for the same price at the same time, at which confluence is full. */
const FULL_CONFLUENCE = 3;
/** Rewards, in risks, between which the dimension goes from 0 to 1. */
const LEAST_REWARD = 1;
const FULL_REWARD = 4;

/** How many others agree, as a share of three (SIG-3). */
export function confluence(others: number): number {
  return share(others / FULL_CONFLUENCE);
}

/** 0 for a reward no larger than the risk, 1 for four times the risk (SIG-3). */
export function rewardQuality(reward: number, risk: number): number {
  return share((reward / risk - LEAST_REWARD) / (FULL_REWARD - LEAST_REWARD));
}

/** The candle's volume over itself and the mean of the 20 before: one half for the usual volume, 0 for none (SIG-3). */
export function volumeQuality(volume: Float64Array, row: number): number {
  const first = Math.max(0, row - VOLUME_CANDLES);
  let sum = 0;
  for (let k = first; k < row; k++) sum += volume[k];
  const mean = row > first ? sum / (row - first) : 0;
  return share(volume[row] / (volume[row] + mean));
}

/** Writes the dimensions in their order. */
export function writeQuality(words: Float64Array, zone: number, freshness: number, agreeing: number, reward: number, volume: number): void {
  words[SIGNAL_QUALITY] = zone;
  words[SIGNAL_QUALITY + 1] = freshness;
  words[SIGNAL_QUALITY + 2] = agreeing;
  words[SIGNAL_QUALITY + 3] = reward;
  words[SIGNAL_QUALITY + 4] = volume;
}
