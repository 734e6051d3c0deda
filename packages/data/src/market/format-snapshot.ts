/** Text of a dated table: a few fields, then one line a symbol, in name order. The same content is the same bytes. */
export function formatSnapshot(head: Readonly<Record<string, unknown>>, symbols: ReadonlyMap<string, unknown>): string {
  const top = Object.entries(head).map(([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  const lines = [...symbols]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, fields]) => `  ${JSON.stringify(symbol)}: ${JSON.stringify(fields)}`);
  return `{\n${top.join('\n')}\n "symbols": {\n${lines.join(',\n')}\n }\n}\n`;
}
