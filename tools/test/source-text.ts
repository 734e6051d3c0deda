/** What {@link blank} replaces by spaces, so that a search sees code alone. Line numbers stay as they are. */
export interface Blanked {
  readonly comments: boolean;
  readonly strings: boolean;
}

/** After these a slash starts a regular expression, not a division. */
const BEFORE_REGEX = /(?:^|[=(,:;!&|?{}[+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|yield|await|else|do))\s*$/;
const spaces = (text: string): string => text.replaceAll(/[^\n]/g, ' ');

function endOfQuoted(text: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfRegex(text: string, from: number): number {
  let isInClass = false;
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') isInClass = true;
    else if (text[at] === ']') isInClass = false;
    else if (text[at] === '/' && !isInClass) return at + 1;
  }
  return from + 1;
}

/** Blanks comments, and strings with regular expressions, out of TypeScript. Expressions inside template literals remain. */
export function blank(text: string, what: Blanked): string {
  let out = '';
  let at = 0;
  /** Open braces of each `${` that we are inside of. */
  const templates: number[] = [];
  const take = (end: number, isBlanked: boolean): void => {
    const piece = text.slice(at, end);
    out += isBlanked ? spaces(piece) : piece;
    at = end;
  };
  const takeTemplate = (from: number): void => {
    let end = from;
    while (end < text.length && text[end] !== '`' && !text.startsWith('${', end)) end += text[end] === '\\' ? 2 : 1;
    const isExpression = text.startsWith('${', end);
    if (isExpression) templates.push(0);
    take(end + (isExpression ? 2 : 1), what.strings);
  };
  while (at < text.length) {
    const char = text[at];
    const depth = templates.length - 1;
    if (text.startsWith('//', at)) take(text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at), what.comments);
    else if (text.startsWith('/*', at)) take(text.indexOf('*/', at) === -1 ? text.length : text.indexOf('*/', at) + 2, what.comments);
    else if (char === "'" || char === '"') take(endOfQuoted(text, at, char), what.strings);
    else if (char === '`') takeTemplate(at + 1);
    else if (char === '}' && templates[depth] === 0) {
      templates.pop();
      takeTemplate(at + 1);
    } else if (char === '/' && BEFORE_REGEX.test(out.slice(-40))) take(endOfRegex(text, at), what.strings);
    else {
      if (depth >= 0 && char === '{') templates[depth]++;
      if (depth >= 0 && char === '}') templates[depth]--;
      take(at + 1, false);
    }
  }
  return out;
}

/** Modules that a file imports or re-exports, types included. */
export function importsOf(text: string): readonly string[] {
  const code = blank(text, { comments: true, strings: false });
  // Blanking keeps every place, so a keyword that is still there without strings is one.
  const keywords = blank(text, { comments: true, strings: true });
  return [...code.matchAll(/\b(from|import)\s*\(?\s*(['"])([^'"\n]+)\2/g)]
    .filter((match) => keywords.startsWith(match[1], match.index))
    .map((match) => match[3]);
}
