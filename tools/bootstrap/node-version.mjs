/** Oldest Node that runs the tools and the packages, as `engines` in package.json says too. */
const FLOOR = [20, 19];

/** The line to show when `version` ("20.11.1") is too old, else null. */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])) return null;
  return `orrery needs Node ${FLOOR.join('.')} or newer, and this is Node ${version}: install a current one from https://nodejs.org and try again`;
}
