import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pnpmScript, withNetwork } from './pnpm.mjs';
import { runAndCapture } from './run.mjs';

/** Lives in node_modules: whoever deletes the packages deletes the claim that they are there. */
function stampFile(root) {
  return path.join(root, 'node_modules', '.orrery-installed');
}

/** Folders of the workspace's packages: the globs of pnpm-workspace.yaml, which a manifest in the folder confirms. */
function packageFolders(root) {
  const inPackages = readdirSync(path.join(root, 'packages')).map((name) => path.join('packages', name));
  return [...inPackages, 'bench', 'examples']
    .filter((folder) => existsSync(path.join(root, folder, 'package.json')))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** Changes whenever an install could come out differently: manifests, lockfile, settings, and what native packages are built for. */
function fingerprint(root) {
  const hash = createHash('sha256');
  hash.update([process.platform, process.arch, process.versions.modules].join(' '));
  const manifests = packageFolders(root).map((folder) => path.join(folder, 'package.json'));
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', ...manifests]) {
    const file = path.join(root, name);
    hash.update(`\0${name}\0`);
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

function isInstalled(root, expected) {
  const file = stampFile(root);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== expected) return false;
  return packageFolders(root).every((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const needed = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    return needed.every((name) => existsSync(path.join(root, folder, 'node_modules', name)));
  });
}

/** Brings node_modules to what the lockfile says; does nothing, and needs no network, when it already is. Resolves to an exit code. */
export async function installPackages(root) {
  const expected = fingerprint(root);
  if (isInstalled(root, expected)) return 0;
  const pnpm = await pnpmScript(root);
  if (pnpm === null) return 1;
  const isFirst = !existsSync(path.join(root, 'node_modules', '.pnpm'));
  console.error(isFirst ? 'installing packages (first run, about a minute)…' : 'installing packages…');
  // CI=true keeps pnpm from asking questions that nobody can answer.
  const env = { ...process.env, CI: 'true', pnpm_config_fetch_retries: '1', pnpm_config_fetch_retry_mintimeout: '2000' };
  const args = [pnpm, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'];
  // npm hands a registry of the user's own choice on in this variable, which pnpm does not read.
  if (process.env.npm_config_registry !== undefined) args.push(`--registry=${process.env.npm_config_registry}`);
  const code = await withNetwork('installing packages', () => runAndCapture(process.execPath, args, { cwd: root, env }));
  if (code === 0) writeFileSync(stampFile(root), expected);
  return code;
}
