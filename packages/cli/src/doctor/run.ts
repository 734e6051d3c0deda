import process from 'node:process';
import { EXIT } from '../exit-code.ts';
import { coloursFor } from '../terminal/colours.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import type { Check } from './check.ts';
import { checkDataRoot, checkSample } from './data-root.ts';
import { checkLibxgboost } from './libxgboost.ts';
import { checkNode } from './node.ts';
import { checkPackages } from './packages.ts';
import { checkChromium, checkPnpm } from './programs.ts';

/** Looks at the machine; prints every check and the command for each missing thing. */
export async function run(_flags: Flags, context: VerbContext): Promise<number> {
  const searchPath = context.env['PATH'] ?? '';
  const checks: readonly Check[] = [
    checkNode(),
    checkPnpm(searchPath),
    ...checkPackages(),
    checkDataRoot(context.dataRoot),
    checkSample(),
    checkChromium(searchPath),
    await checkLibxgboost(context.env),
  ];
  const isFine = checks.every(({ found, required }) => found || !required);
  context.document({ schema: 'orrery.doctor/1', ok: isFine, checks });
  const colours = coloursFor(process.stdout);
  const state = ({ found, required }: Check): string =>
    found ? colours.green('ok') : required ? colours.red('missing') : colours.yellow('optional');
  context.print(
    table(
      ['what', 'state', 'detail'],
      checks.map((check) => [check.name, state(check), check.detail]),
    ),
  );
  const mends = checks.flatMap(({ name, mend }) => (mend === null ? [] : [[name, mend]]));
  if (mends.length > 0) context.print(`\n${table(['to add', 'run'], mends)}`);
  return isFine ? EXIT.fine : EXIT.failed;
}
