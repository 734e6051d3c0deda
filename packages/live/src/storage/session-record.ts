import {
  INTERVALS,
  DEFAULT_VENUE,
  type FillPath,
  type Interval,
  type ModelReference,
  type SymbolFilters,
  type VenueConfig,
} from '@orrery/core';
import { amountSchema, finiteSchema, oneOf, readRunFile, textSchema, timeSchema, venueSchema } from '@orrery/data/run';
import { z } from 'zod';
import { LIVE_MEND, type LiveFiles } from './live-folder.ts';
import { filtersSchema } from './filters-schema.ts';
import { writeDurably } from './write-file.ts';

/** `paper`: live candles, simulated fills. `demo`: the venue's test system. `live`: money. */
export type LiveMode = 'paper' | 'demo' | 'live';

/** The account that a run takes for granted; as in a backtest. */
export interface AccountTerms {
  /** What the run may call its own, USDT, decimal text; not what the venue's account holds. */
  readonly equity: string;
  readonly makerFeeBps: number;
  readonly takerFeeBps: number;
  readonly slippageBps: number;
  readonly fills: FillPath;
  readonly maxLeverage: number;
  /** What latency is sampled with in a paper run. */
  readonly seed: number;
  /** Margin mode, position mode and leverage of every run; the rest is the simulated venue's of a paper run. */
  readonly venue: VenueConfig;
}

/** Shape of `session.json`: what was fixed when the run began and holds for every process that goes on with it. */
export interface SessionRecord {
  readonly schema: 'orrery.live/1';
  readonly runId: string;
  readonly mode: LiveMode;
  readonly strategy: { readonly id: string; readonly file: string | null; readonly hash: string };
  readonly params: Readonly<Record<string, number | boolean | string>>;
  /** Models that the strategy was built with. */
  readonly models: readonly ModelReference[];
  /** Order gives the instrument ids. */
  readonly symbols: readonly string[];
  readonly interval: Interval;
  /** As the venue stated them when the run began, in the order of `symbols`. */
  readonly filters: readonly SymbolFilters[];
  readonly account: AccountTerms;
  /** Marks the client order ids of this run: 1 to 12 letters or digits. */
  readonly sessionTag: string;
  /** Candles that were to be known before the first decision. */
  readonly history: number;
  /** Id of the promotion beside it. */
  readonly promotion: string;
  /** When the run began, ms UTC: funding of earlier hours is not its own. 0 where the venue's time is not this machine's, as an emulator's is. */
  readonly startedAt: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** Fees, slippage, equity and limits, as sessions and promotions hold them. */
export const accountSchema: z.ZodType<AccountTerms> = z.object({
  equity: amountSchema,
  makerFeeBps: finiteSchema,
  takerFeeBps: finiteSchema,
  slippageBps: finiteSchema,
  fills: oneOf<FillPath>({ pessimistic: 'pessimistic', heuristic: 'heuristic', optimistic: 'optimistic' }),
  maxLeverage: finiteSchema,
  // Records of before there were these could not say otherwise.
  seed: finiteSchema.default(1),
  venue: venueSchema.default(DEFAULT_VENUE),
});

/** Models as sessions and promotions name them. */
export const modelsSchema: z.ZodType<readonly ModelReference[]> = z.array(
  z.object({ name: textSchema, id: textSchema, hash: textSchema, inputs: z.array(textSchema), outputs: z.array(textSchema) }),
);

/** One of the intervals that have a fixed length. */
export const intervalSchema: z.ZodType<Interval> = z.enum(INTERVALS);

const sessionSchema: z.ZodType<SessionRecord> = z.object({
  schema: z.literal('orrery.live/1'),
  runId: textSchema,
  mode: oneOf<LiveMode>({ paper: 'paper', demo: 'demo', live: 'live' }),
  strategy: z.object({ id: textSchema, file: textSchema.nullable(), hash: textSchema }),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  models: modelsSchema,
  symbols: z.array(textSchema).min(1),
  interval: intervalSchema,
  filters: z.array(filtersSchema),
  account: accountSchema,
  sessionTag: z.string().regex(/^[A-Za-z0-9]{1,12}$/),
  history: z.int().min(0),
  promotion: textSchema,
  startedAt: timeSchema,
  versions: z.record(z.string(), textSchema),
});

/** @throws InputError naming file and field when it is damaged */
export function readSession(files: LiveFiles): SessionRecord {
  return readRunFile(files.session, sessionSchema, LIVE_MEND);
}

/** Writes `session.json`: from then on the folder is a run that can be gone on with. */
export function writeSession(files: LiveFiles, session: SessionRecord): void {
  writeDurably(files.session, `${JSON.stringify(session, null, 1)}\n`);
}
