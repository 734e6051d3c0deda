import type { OrderId } from '../units.ts';
import type { VenueAssumptions } from './assumptions.ts';

/** From a decision to the venue, ms: fixed, or drawn evenly for each order from a hash of the run's seed and its id (LAT-1). */
export function latencyOf({ latencyMin, latencyMax, seed }: VenueAssumptions, orderId: OrderId): number {
  const span = latencyMax - latencyMin;
  return span === 0 ? latencyMin : latencyMin + Math.floor((span + 1) * unit(seed, orderId));
}

/** A number from 0 to below 1 (the finaliser of MurmurHash3, Appleby 2011, over both words of the seed and the id). */
function unit(seed: number, id: number): number {
  let hash = (seed ^ Math.floor(seed / 4_294_967_296)) | 0;
  hash = mixed(hash ^ id);
  hash = mixed(Math.imul(hash, 0x9e37_79b1) ^ id);
  return (hash >>> 0) / 4_294_967_296;
}
function mixed(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}
