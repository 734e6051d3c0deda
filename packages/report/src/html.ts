/** Markup that may be put into a page as it is: everything untrusted in it has been escaped. */
export interface Html {
  readonly markup: string;
}

type Piece = string | number | Html | null | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The text with every character escaped that could leave an element's text or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/**
 * Template tag that escapes whatever is put in, unless it is markup already: a name that reaches a page cannot be forgotten.
 * null leaves nothing behind; a list of markup is joined.
 */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const markup = strings.map((text, i) => (i === 0 ? '' : render(pieces[i - 1] ?? null)) + text).join('');
  return { markup };
}

/** Marks a text of the package's own making as markup. */
export function trusted(markup: string): Html {
  return { markup };
}

function render(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'string') return escapeHtml(piece);
  if (typeof piece === 'number') return String(piece);
  return 'markup' in piece ? piece.markup : piece.map((part) => part.markup).join('\n');
}
