import type { RunResult, VenueConfig } from '@orrery/core';

/** Characters that a POSIX shell leaves alone. */
const PLAIN = /^[\w.,:=@%+/-]+$/;

/** Name and value of a flag; one that is only set or not has no value. */
type Option = readonly [name: string, value: string | null];

/** The text as one word of a POSIX shell. */
function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Command that runs the same backtest again; the same data and versions give the same digest. A result does not say where a strategy
 * of the user's own lay: then `FILE` stands for its file.
 */
export function reproduceCommand(result: RunResult): string {
  const { config } = result;
  const options: readonly (Option | null)[] = [
    ['strategy', config.strategyHash === null ? config.strategy : 'FILE'],
    ['symbols', symbolsOf(config)],
    ['interval', config.interval],
    config.from === null ? null : ['from', new Date(config.from).toISOString()],
    config.to === null ? null : ['to', new Date(config.to).toISOString()],
    ...Object.entries(config.params).map(([name, value]) => ['param', `${name}=${value}`] as const),
    ...config.models.map(({ name, id }) => ['model', `${name}=${id}`] as const),
    ['seed', String(config.seed)],
    ['equity', config.equity],
    ['maker-fee-bps', String(config.makerFeeBps)],
    ['taker-fee-bps', String(config.takerFeeBps)],
    ['slippage-bps', String(config.slippageBps)],
    ['fills', config.fills],
    ...venueOptions(config.venue),
    ['max-leverage', String(config.maxLeverage)],
  ];
  const flags = options.flatMap((option) =>
    option === null ? [] : [option[1] === null ? `--${option[0]}` : `--${option[0]} ${quoted(option[1])}`],
  );
  return ['orrery backtest', ...flags].join(' ');
}

/** The symbols by name, or by the rule that let them in day by day. */
function symbolsOf({ symbols, venue }: RunResult['config']): string {
  return venue.universe === null ? symbols.join(',') : `@top${venue.universe.top}:${venue.universe.trailingDays}`;
}

/** What was set otherwise than a user who names nothing gets; finer candles are taken where they are, so that a run without says so. */
function venueOptions(venue: VenueConfig): readonly (Option | null)[] {
  const [least, most] = venue.latencyMs;
  const unless = (name: string, value: string | number, usual: string | number): Option | null =>
    value === usual ? null : [name, String(value)];
  return [
    unless('margin', venue.marginMode, 'cross'),
    venue.hedgeMode ? ['hedge', null] : null,
    unless('leverage', venue.leverage, 20),
    unless('half-spread-bps', venue.spreadBps, 0),
    unless('impact-bps', venue.impactBps, 0),
    unless('max-volume-share', venue.maxVolumeShare, 0),
    unless('limit-fill', venue.limitFill, 'through'),
    unless('latency-ms', least === most ? least : `${least}..${most}`, 0),
    unless('fine', venue.fine ?? 'none', 'auto'),
  ];
}

/** Command that runs the stored run again from its manifest and compares the digests. */
export function verifyCommand(result: RunResult): string {
  return `orrery verify ${quoted(result.runId)}`;
}
