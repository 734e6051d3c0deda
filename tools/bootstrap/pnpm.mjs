import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { runAndCapture } from './run.mjs';

/** The one pnpm that writes and reads this lockfile. */
export const PNPM_VERSION = '12.21.0';

const NETWORK_FAILURE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|META_FETCH_FAIL|FETCH_ERROR|fetch failed|socket hang up|network|dns error|error sending request|ERR_PNPM_(?:META_)?FETCH/i;

/** Where the pinned pnpm is kept: outside node_modules, so that deleting node_modules does not ask for the network again. */
function home(root) {
  return path.join(root, '.orrery', `pnpm-${PNPM_VERSION}`);
}

function npmCommand() {
  // Inside `npm start`, npm names its own script there; that spares a search of PATH and, on Windows, a .cmd file.
  const script = process.env.npm_execpath;
  if (script !== undefined && path.basename(script) === 'npm-cli.js') return { file: process.execPath, args: [script], shell: false };
  return { file: 'npm', args: [], shell: process.platform === 'win32' };
}

/** Runs a step that uses the network: once more after a network failure, then the reason in words. Resolves to an exit code. */
export async function withNetwork(what, attempt) {
  const outputOf = ({ stdout, stderr }) => `${stdout}\n${stderr}`.trim();
  let result = await attempt();
  if (result.code !== 0 && NETWORK_FAILURE.test(outputOf(result))) {
    console.error(`${what}: the network failed, trying once more…`);
    result = await attempt();
  }
  if (result.code === 0) return 0;
  const output = outputOf(result);
  const isNetwork = NETWORK_FAILURE.test(output);
  // A network failure needs its first lines alone, as the rest is the package manager's own stack; others are told at the end.
  const lines = output.split('\n');
  console.error((isNetwork ? lines.filter((line) => NETWORK_FAILURE.test(line)).slice(0, 3) : lines.slice(-30)).join('\n'));
  console.error(
    isNetwork
      ? `${what} failed: the package registry cannot be reached. Check the connection, or name your proxy with: npm config set proxy URL`
      : `${what} failed: the lines above say why`,
  );
  return 1;
}

/** Installs npm packages into a folder of their own, beside the workspace. Resolves to an exit code. */
export function npmInstall(what, folder, packages) {
  const npm = npmCommand();
  const quoted = npm.shell ? `"${folder}"` : folder;
  const args = [
    ...npm.args,
    'install',
    '--prefix',
    quoted,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
    ...packages,
  ];
  return withNetwork(what, () => runAndCapture(npm.file, args, { shell: npm.shell }));
}

/**
 * The script that runs the pinned pnpm under this Node, fetched through npm when it is not there; null when that fails.
 * Its install script is not needed: the entry finds the native program in the platform's own package.
 */
export async function pnpmScript(root) {
  const script = path.join(home(root), 'node_modules', 'pnpm', 'bin', 'pnpm.mjs');
  if (!existsSync(script)) {
    console.error(`fetching pnpm ${PNPM_VERSION}…`);
    if ((await npmInstall('fetching pnpm', home(root), [`pnpm@${PNPM_VERSION}`])) !== 0) return null;
  }
  return script;
}
