import type { RunResult } from '@orrery/core';

/** Characters that a POSIX shell leaves alone. */
const PLAIN = /^[\w.,:=@%+/-]+$/;

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
  const options: readonly (readonly [string, string] | null)[] = [
    ['strategy', config.strategyHash === null ? config.strategy : 'FILE'],
    ['symbols', config.symbols.join(',')],
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
    ['max-leverage', String(config.maxLeverage)],
  ];
  const flags = options.flatMap((option) => (option === null ? [] : [`--${option[0]} ${quoted(option[1])}`]));
  return ['orrery backtest', ...flags].join(' ');
}

/** Command that runs the stored run again from its manifest and compares the digests. */
export function verifyCommand(result: RunResult): string {
  return `orrery verify ${quoted(result.runId)}`;
}
