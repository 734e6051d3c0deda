import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FENCE = /^```(\w*)\s*$/;

/** Fenced blocks of one document: language, lines, and the line on which the first one stands, from 1. */
export function samplesOf(file, text) {
  const samples = [];
  let open = null;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = FENCE.exec(line);
    if (open !== null && line.trim() === '```') {
      samples.push(open);
      open = null;
    } else if (open !== null) open.lines.push(line);
    else if (fence !== null) open = { file, language: fence[1], line: index + 2, lines: [] };
  }
  if (open !== null) throw new Error(`${file}:${open.line - 1}: this code block is never closed`);
  return samples;
}

const byName = (a, b) => (a < b ? -1 : 1);

/** Every fenced block of the documents. */
export function readSamples(root) {
  const docs = path.join(root, 'docs');
  const inDocs = existsSync(docs) ? readdirSync(docs, { recursive: true }).filter((name) => name.endsWith('.md')) : [];
  const files = ['README.md', 'ARCHITECTURE.md', ...inDocs.toSorted(byName).map((name) => path.join('docs', name))];
  return files
    .filter((file) => existsSync(path.join(root, file)))
    .flatMap((file) => samplesOf(file, readFileSync(path.join(root, file), 'utf8')));
}
