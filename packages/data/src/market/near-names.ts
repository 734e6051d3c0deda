/** Up to `most` of the names that are nearest to what was typed: same letters first, then fewest edits. */
export function nearNames(typed: string, names: readonly string[], most: number): string[] {
  const wanted = typed.toUpperCase();
  return names
    .map((name) => ({ name, distance: name.toUpperCase().includes(wanted) ? 0 : editDistance(wanted, name.toUpperCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(before[j] + 1, row[j - 1] + 1, swap));
    }
    before = row;
  }
  return before[b.length];
}
