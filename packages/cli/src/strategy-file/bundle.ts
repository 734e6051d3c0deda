import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type BuildFailure, type Message, type Plugin } from 'esbuild';
import { InputError } from '../input-error.ts';

/** A user's strategy and everything of the user's own that it imports, as one module. */
export interface StrategyBundle {
  /** JavaScript that can be imported from any folder of this machine. */
  readonly code: string;
  /** SHA-256, in hex, of the bundle without this machine's paths: the same files give the same hash everywhere. */
  readonly sha256: string;
}

/** What a strategy may import from us. Both are pure, as a strategy has to be. */
const SHARED = ['@orrery/core', '@orrery/strategies'];
/** Stands for a package of ours until the hash is taken, as its address differs from machine to machine. */
const MARK = 'orrery-shared:';

/** Leaves our packages out of the bundle: a second copy of them would have classes and symbols of its own. */
const shared: Plugin = {
  name: 'orrery-shared',
  setup(builder) {
    builder.onResolve({ filter: /^@orrery\// }, ({ path: name }) => {
      if (SHARED.includes(name)) return { path: MARK + name, external: true };
      return { errors: [{ text: `a strategy file may import ${SHARED.join(' and ')} of Orrery's packages, not ${name}` }] };
    });
  },
};

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

/** `my.ts:3:9: Unexpected ";"`: columns count from 1, as editors do. */
function messageText(folder: string, { text, location }: Message): string {
  if (location === null) return text;
  return `${path.resolve(folder, location.file)}:${location.line}:${location.column + 1}: ${text}`;
}

/**
 * Bundles a strategy file.
 * @param file absolute path of an existing file
 * @throws InputError with file, line and column when the file or one that it imports does not compile
 */
export async function bundleStrategy(file: string): Promise<StrategyBundle> {
  const folder = path.dirname(file);
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      absWorkingDir: folder,
      outdir: folder,
      bundle: true,
      write: false,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      sourcemap: 'external',
      sourceRoot: pathToFileURL(`${folder}/`).href,
      // A tsconfig.json that happens to lie above the file must not change what the strategy does.
      tsconfigRaw: '{}',
      plugins: [shared],
      logLevel: 'silent',
    });
    const text = outputFiles.find((output) => output.path.endsWith('.js'))?.text ?? '';
    const map = outputFiles.find((output) => output.path.endsWith('.map'))?.contents ?? new Uint8Array();
    const resolve = createRequire(import.meta.url).resolve;
    const linked = SHARED.reduce(
      (code, name) => code.replaceAll(`"${MARK}${name}"`, () => JSON.stringify(pathToFileURL(resolve(name)).href)),
      text,
    );
    return {
      code: `${linked}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`,
      sha256: createHash('sha256').update(text).digest('hex'),
    };
  } catch (error) {
    const first = isBuildFailure(error) ? error.errors[0] : undefined;
    if (first === undefined) throw error;
    throw new InputError(`--strategy ${messageText(folder, first)}`, { cause: error });
  }
}
