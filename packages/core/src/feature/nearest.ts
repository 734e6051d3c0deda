/** The name with the smallest edit distance (Levenshtein) to the text; of equally near ones, the first. */
export function nearestName(text: string, names: readonly string[]): string {
  // Longer than any name: what follows makes no name nearer than another.
  const compared = text.slice(0, 64);
  let best = '';
  let least = Infinity;
  for (const name of names) {
    const distance = editDistance(compared, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[b.length];
}
