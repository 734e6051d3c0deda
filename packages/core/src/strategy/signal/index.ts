export * from './define-signal-strategy.ts';
export { SIGNAL_PARAMS, type SignalParams, type SignalParamValues } from './signal-params.ts';
export type { SignalSource } from './signal-source.ts';
