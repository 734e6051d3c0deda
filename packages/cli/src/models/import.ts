import { readFileSync } from 'node:fs';
import path from 'node:path';
import { importModel, writeModel } from '@orrery/models';
import { InputError } from '../input-error.ts';
import { packageVersion } from '../package-version.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { modelsRoot } from './root.ts';

/** Makes a model of an ONNX file that another tool wrote, and keeps it. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const given = flags.text('file');
  const inputs = flags.list('input');
  if (inputs.length === 0)
    throw new InputError("--input is missing: give one for each column in their order, e.g. --input side --input 'rsi(close,14)'");
  const draft = await importModel(bytesOf(given), {
    name: flags.text('name'),
    inputs,
    output: flags.string('output'),
    file: path.basename(given),
    versions: { orrery: packageVersion(), node: process.versions.node },
  });
  const root = modelsRoot(context);
  const id = await writeModel(root, draft);
  const folder = path.join(root, id);
  context.document({
    schema: 'orrery.models/1',
    models: [{ id, folder, engine: draft.engine, inputs: draft.inputs, source: draft.source ?? null, parity: draft.parity ?? null }],
    broken: [],
  });
  const { parity } = draft;
  const why =
    parity === undefined ? 'its graph is no plain tree ensemble' : `${parity.differing} of ${parity.rows} rows differ from the walker`;
  context.print(`${id}: served by ${draft.engine === 'walker' ? 'the walker' : 'ONNX Runtime'} (${why})`);
  context.print(folder);
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new InputError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}); name an .onnx file`);
  }
}
