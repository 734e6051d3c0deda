import { z } from 'zod';
import type { FaultInjector } from '../faults/injector.ts';
import { faultPlanSchema } from '../faults/plan.ts';
import type { Barrier } from '../pace/barrier.ts';
import type { EmulatorState } from '../state.ts';
import type { Exchange } from '../venue/exchange.ts';
import { VenueError } from '../venue/venue-error.ts';

const idleSchema = z.object({ frame: z.int().min(0), event: z.int().min(0) });

/** Endpoints that the venue does not have: looking behind the scenes, and moving them. They are neither signed nor weighed. */
export function controlRoutes(
  exchange: Exchange,
  barrier: Barrier,
  faults: FaultInjector,
  state: () => EmulatorState,
): Readonly<Record<string, (body: string) => unknown>> {
  return {
    'GET /emulator/v1/state': state,
    'POST /emulator/v1/idle': (body) => {
      const { frame, event } = parseJson(idleSchema, body);
      barrier.report(frame, event);
      return { frame: exchange.board.frame };
    },
    'POST /emulator/v1/faults': (body) => {
      faults.set(parseJson(faultPlanSchema, body));
      return {};
    },
  };
}

function parseJson<T>(schema: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new VenueError(-1130, 'The body is not JSON.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new VenueError(-1130, `field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}`);
}
