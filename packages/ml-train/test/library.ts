import process from 'node:process';
import { findLibrary } from '../src/xgboost/find-library.ts';

/** XGBoost's library, or null; tests that train are listed as absent without it. */
export const LIBRARY: string | null = findLibrary(process.env);
/** What a title says of it. */
export const ABSENT = '(left out where libxgboost is not installed)';
