import type { Message } from '../messages.ts';

/** Sees every entry of the fact lane in order, before anything acts on it. */
export interface Recorder {
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void;
}
