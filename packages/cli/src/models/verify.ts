import { compareEngines, createRunner, findModel, listModels, readModel, type CardParity } from '@orrery/models';
import { EXIT } from '../exit-code.ts';
import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { modelsRoot } from './root.ts';

interface Checked {
  readonly model: string;
  readonly parity: CardParity | null;
  readonly problem: string | null;
}
const ROWS = 20_000;

/** Reads models whole and runs them; exit code 1 when one is not what its card says. */
export async function run(flags: Flags, context: VerbContext): Promise<number> {
  const root = modelsRoot(context);
  const given = flags.list('models-to-check');
  const { models, broken } = given.length === 0 ? await listModels(root) : { models: [], broken: [] };
  const folders = given.length === 0 ? models.map(({ folder }) => folder) : await Promise.all(given.map((text) => findModel(root, text)));
  const checked: Checked[] = broken.map((problem) => ({ model: problem.split(':')[0] ?? '', parity: null, problem }));
  for (const folder of folders) checked.push(await check(folder));
  context.document({
    schema: 'orrery.models/1',
    models: checked.map(({ model, parity, problem }) => ({ id: model, parity, problem })),
    broken,
  });
  for (const { model, parity, problem } of checked) {
    const engines = parity === null ? 'runs in ONNX Runtime' : `walker and ONNX Runtime agree on ${parity.rows} rows`;
    context.print(problem === null ? `${model}: fine, ${engines}` : `${model}: ${problem}`);
  }
  if (checked.length === 0) context.print(`no models under ${root}`);
  return checked.every(({ problem }) => problem === null) ? EXIT.fine : EXIT.failed;
}

async function check(folder: string): Promise<Checked> {
  try {
    const model = await readModel(folder);
    const parity = await compareEngines(model, ROWS);
    if (parity === null) (await createRunner(model)).close();
    const differs = parity !== null && parity.differing > 0 && model.card.engine === 'walker';
    return {
      model: model.id,
      parity,
      problem: differs ? `walker and ONNX Runtime differ on ${parity.differing} of ${parity.rows} rows; train or import it again` : null,
    };
  } catch (error) {
    if (!(error instanceof Error) || !(error instanceof InputError || error.name === 'InputError')) throw error;
    return { model: folder, parity: null, problem: error.message };
  }
}
