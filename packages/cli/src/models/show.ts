import { findModel, readModel } from '@orrery/models';
import { metricText, timeText } from '../runs/text.ts';
import { table } from '../terminal/table.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { modelsRoot } from './root.ts';

/** Shows one model; with `--json` its card. */
export async function run(flags: Flags, context: VerbContext): Promise<void> {
  const model = await readModel(await findModel(modelsRoot(context), flags.text('model')));
  const { card, decoded, id, folder } = model;
  context.document({ schema: 'orrery.models/1', models: [{ id, folder, card }], broken: [] });
  const fields = (values: Readonly<Record<string, unknown>> | undefined): readonly (readonly [string, string])[] =>
    Object.entries(values ?? {}).map(([name, value]) => [`  ${name}`, typeof value === 'number' ? metricText(value) : String(value)]);
  const pairs: (readonly [string, string])[] = [
    ['model', id],
    ['folder', folder],
    ['hash', card.hash],
    ['engine', card.engine],
    [
      'graph',
      decoded.trees.kind === 'trees'
        ? `${decoded.trees.ensemble.roots.length} trees, ${decoded.trees.ensemble.feature.length} nodes`
        : `no trees to walk: ${decoded.trees.why}`,
    ],
    ['calibration', card.calibration.kind],
    ...(card.source === undefined
      ? []
      : [['imported', `${card.source.file} by ${card.source.producer || 'an unnamed tool'}, output ${card.source.output}`] as const]),
    ...(card.strategy === undefined ? [] : [['strategy', card.strategy.id] as const, ...fields(card.strategy.params)]),
    ...(card.data === undefined
      ? []
      : [
          [
            'data',
            `${card.data.symbols.join(', ')} at ${card.data.interval}, ${timeText(card.data.from)} to ${timeText(card.data.to)} UTC`,
          ] as const,
        ]),
    ...(card.runs ?? []).map(
      ({ runId, digest, samples }) => ['run', `${runId}, ${samples} closed positions (digest ${digest.slice(0, 12)})`] as const,
    ),
    ...section('labels', fields(card.labels)),
    ...section('training', fields(card.training)),
    ...section('metrics', fields(card.metrics)),
    ...(card.folds === undefined ? [] : [['folds', String(card.folds.length)] as const]),
    ...(card.parity === undefined
      ? []
      : [['parity', `${card.parity.differing} of ${card.parity.rows} rows differ between ${card.parity.engines.join(' and ')}`] as const]),
    ['inputs', String(card.inputs.length)],
    ...card.inputs.map((input, k) => [`  ${k}`, input] as const),
  ];
  context.print(table(['', ''], pairs).trimStart());
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return rows.length === 0 ? [] : [[title, ''], ...rows];
}
