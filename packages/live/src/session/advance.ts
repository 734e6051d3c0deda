import type { Demand, Engine, Fact, RequestPrediction } from '@orrery/core';
import type { FrameRecord } from '../storage/frame-record.ts';
import type { Machine } from './machine.ts';
import type { Predictions } from './predictions.ts';
import type { SessionProblem } from './problem.ts';

/** Models and how long they may take. */
export interface Predicting {
  readonly predictions: Predictions | null;
  readonly deadlineMs: number;
  readonly onProblem: (problem: SessionProblem) => void;
}

/**
 * Puts a frame on the tapes and decides it. It is written once its model outputs are known and before the first decision.
 * @param write makes the frame durable
 */
export async function advance(
  machine: Machine,
  record: FrameRecord,
  write: (complete: FrameRecord) => void,
  predicting: Predicting,
): Promise<void> {
  const { engine, schedule, outputs } = machine;
  if (outputs === 0) write(record);
  machine.append(record);
  let demand = step(engine, schedule.length);
  if (demand === 'block-predictions') {
    const isFilled = record.predictions.length > 0;
    if (!isFilled) {
      await fill(machine, predicting);
      write({ ...record, predictions: machine.predictionsOf(record) });
    }
    demand = step(engine, schedule.length);
  }
  while (demand === 'frame-predictions') {
    await answerRequests(engine, engine.takeRequests(), predicting);
    demand = step(engine, schedule.length);
  }
}

/** Asks the models and accepts what they say; those that fail or are late have failed. */
export async function answerRequests(
  engine: Engine<unknown>,
  requests: readonly RequestPrediction[],
  predicting: Predicting,
): Promise<void> {
  const { predictions, deadlineMs, onProblem } = predicting;
  let answers: readonly Fact[] = [];
  let reason = 'no answer';
  try {
    if (predictions === null) throw new Error('no model was given');
    answers = await within(predictions.answer(requests), deadlineMs);
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
    onProblem({ kind: 'prediction', message: `${requests.length} predictions failed: ${reason}` });
  }
  for (const { ts, instrument, requestId } of requests) {
    const answer = answers.find((fact) => 'requestId' in fact && fact.requestId === requestId);
    engine.accept(answer ?? { type: 'PredictionFailed', ts, instrument, requestId, reason });
  }
}

async function fill({ engine, table }: Machine, { predictions, deadlineMs, onProblem }: Predicting): Promise<void> {
  try {
    if (predictions === null) throw new Error('no model was given');
    await within(predictions.fill(engine.pendingBlock, table), deadlineMs);
  } catch (error) {
    // What a late model writes afterwards must not be seen: a column that is not known reads NaN.
    onProblem({ kind: 'prediction', message: `model outputs are missing: ${error instanceof Error ? error.message : String(error)}` });
    for (const { instrument, from, to } of engine.pendingBlock)
      for (const column of engine.predictions[instrument] ?? []) column.fill(NaN, from, to);
  }
}

/** @throws Error `late` when it takes longer */
async function within<T>(work: T | Promise<T>, deadlineMs: number): Promise<T> {
  if (!(work instanceof Promise)) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The engine blames the strategy for whatever is thrown while it decides; a full disk under the journal is not its fault. */
function step(engine: Engine<unknown>, until: number): Demand {
  try {
    return engine.advance(until);
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    throw cause instanceof Error && 'syscall' in cause ? cause : error;
  }
}
