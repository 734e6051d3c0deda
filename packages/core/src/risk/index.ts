export * from './settings.ts';
export { leverageFor, leverageWithin } from './leverage.ts';
export type { PositionSize, RiskDecision, RiskRejection } from './decision.ts';
export { marginShareFor, sizePosition, type SizeRequest } from './position-size.ts';
export * from './volatility-breaker.ts';
export * from './graded-breaker.ts';
export * from './loss-limits.ts';
export * from './correlation.ts';
export * from './risk-guard.ts';
