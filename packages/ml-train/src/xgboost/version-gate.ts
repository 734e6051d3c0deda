import { InputError } from '@orrery/data';

/** A version of XGBoost. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export function versionText({ major, minor, patch }: Version): string {
  return `${major}.${minor}.${patch}`;
}

/**
 * What is needed of the library, by version: 1.6 brought `XGBoosterSaveModelToBuffer`, by which a model leaves as JSON. From 2.0 on
 * `base_score` is fitted to the labels unless it is given, so it always is; from 3.1 on the JSON writes it in brackets. What 4 will
 * change is not known.
 * @throws InputError for a version that was not made for
 */
export function checkVersion(version: Version, file: string): void {
  const { major, minor } = version;
  if ((major > 1 || (major === 1 && minor >= 6)) && major < 4) return;
  const mend = major >= 4 ? 'pip install "xgboost<4"' : 'pip install "xgboost>=1.6,<4"';
  throw new InputError(`${file}: is XGBoost ${versionText(version)}; 1.6 to 3 are known to work: ${mend}, or name another by XGBOOST_LIB`);
}
