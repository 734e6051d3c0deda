import process from 'node:process';
import type { Check } from './check.ts';

const FLOOR = { major: 20, minor: 19 };

/** Whether a Node version such as "20.19.2" is new enough. */
export function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > FLOOR.major || (major === FLOOR.major && minor >= FLOOR.minor);
}

export function checkNode(): Check {
  const found = isNodeSupported(process.versions.node);
  return {
    name: 'node',
    required: true,
    found,
    detail: `${process.versions.node} (${process.platform} ${process.arch}); ${FLOOR.major}.${FLOOR.minor} or newer is needed`,
    mend: found ? null : 'install a current Node from https://nodejs.org',
  };
}
