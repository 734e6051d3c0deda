export { findLibrary, installCommand, requireLibrary } from './find-library.ts';
export { BoosterProcess, type JobOptions } from './booster-process.ts';
export { openScorer, type Scorer } from './open-scorer.ts';
export { checkVersion, versionText, type Version } from './version-gate.ts';
export type { FeatureMatrix, LabelledMatrix, ScoreJob, ScoreResult, TrainJob, TrainResult } from './messages.ts';
