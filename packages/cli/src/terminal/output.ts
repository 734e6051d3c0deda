import { fstatSync, writeFileSync } from 'node:fs';
import process from 'node:process';

/**
 * Writes text to standard output, all of it.
 * @throws Error when it is a file or device that cannot take it: the stream of Node gives the rest up in silence when a disk fills up
 */
export function writeOutput(text: string): void {
  if (isFileOrDevice()) writeFileSync(process.stdout.fd, text);
  else process.stdout.write(text);
}

function isFileOrDevice(): boolean {
  if (process.stdout.isTTY) return false;
  const output = fstatSync(process.stdout.fd);
  return output.isFile() || output.isCharacterDevice();
}
