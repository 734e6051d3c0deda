/**
 * JSON that may stand inside a script element: no character sequence in it can end the element or open a comment, and it reads back to
 * the same value. The line separators are escaped for readers that take the text for JavaScript.
 */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
