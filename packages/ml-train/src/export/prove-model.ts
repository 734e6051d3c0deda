import { createRunner, modelOf, type CardParity, type EngineName, type ModelDraft } from '@orrery/models';
import type { FeatureMatrix } from '../xgboost/messages.ts';
import { requireParity, type EngineMargins } from './parity.ts';

const ENGINES: readonly EngineName[] = ['walker', 'onnxruntime'];

/**
 * Serves the very bytes that would be written, by both engines, and holds their margins against the library's.
 * @param reference margins of `rows` by the library
 * @throws ParityError when a single bit differs
 */
export async function proveModel(draft: ModelDraft, rows: FeatureMatrix, reference: EngineMargins): Promise<CardParity> {
  const model = modelOf(draft);
  const others: EngineMargins[] = [];
  for (const engine of ENGINES) {
    const runner = await createRunner(model, engine);
    try {
      const margins = new Float32Array(rows.rows);
      runner.margins(rows.values, rows.rows, margins);
      others.push({ engine, margins });
    } finally {
      runner.close();
    }
  }
  return requireParity(reference, others);
}
