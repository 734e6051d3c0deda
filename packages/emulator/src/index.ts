export { startEmulator, type Emulator } from './emulator.ts';
export { VENUE_LIMITS, type EmulatorOptions, type EmulatorSettings, type EmulatorWatch, type Pace, type RequestLimits } from './options.ts';
export type { EmulatorState } from './state.ts';
export { FAULT_KINDS, type FaultKind, type FaultPlan, type FaultRule } from './faults/plan.ts';
