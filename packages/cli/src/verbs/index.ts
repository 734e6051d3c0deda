import type { Verb, VerbGroup } from '../verb.ts';
import { backtest, demo, features, report, verify } from './backtest.ts';
import { data } from './data.ts';
import { doctor } from './doctor.ts';
import { emulator } from './emulator.ts';
import { live, promote } from './live.ts';
import { models } from './models.ts';
import { runs } from './runs.ts';
import { train } from './train.ts';

/** Every verb, in the order in which help shows them. */
export const VERBS: readonly (Verb | VerbGroup)[] = [
  doctor,
  demo,
  data,
  features,
  backtest,
  runs,
  train,
  models,
  verify,
  report,
  promote,
  live,
  emulator,
];
