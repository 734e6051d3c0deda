import type { Verb, VerbGroup } from '../verb.ts';
import { data } from './data.ts';
import { doctor } from './doctor.ts';
import { runs } from './runs.ts';

/** Every verb, in the order in which help shows them. */
export const VERBS: readonly (Verb | VerbGroup)[] = [doctor, data, runs];
