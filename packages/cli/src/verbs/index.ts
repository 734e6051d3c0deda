import type { Verb, VerbGroup } from '../verb.ts';
import { backtest, demo, features, report, verify } from './backtest.ts';
import { config } from './config.ts';
import { data } from './data.ts';
import { doctor } from './doctor.ts';
import { emulator } from './emulator.ts';
import { live, promote } from './live.ts';
import { models } from './models.ts';
import { parity } from './parity.ts';
import { runs } from './runs.ts';
import { train } from './train.ts';

/** Every verb, in the order in which help shows them. */
export const VERBS: readonly (Verb | VerbGroup)[] = [
  doctor,
  config,
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
  parity,
  emulator,
];
