import { statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from './input-error.ts';

/**
 * The file that a flag says to write. Looked at before the work, so that a slip of the keyboard does not cost a run.
 * @param flag as typed, e.g. `--report`
 * @returns its absolute path
 * @throws InputError when it is a folder, or its folder is not there
 */
export function outFile(flag: string, given: string): string {
  const file = path.resolve(given);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new InputError(`${flag} ${given}: is a folder; name a file in it`);
  }
  const folder = path.dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new InputError(`${flag} ${given}: there is no folder ${folder}; make it first`);
  }
  return file;
}
