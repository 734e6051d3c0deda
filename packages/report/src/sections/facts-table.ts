import { html, type Html } from '../html.ts';

/** Names and what they stand for, one row each; long texts may break anywhere. */
export function factsTable(rows: readonly (readonly [name: string, text: string | number])[]): Html {
  return html`<table class="facts">
    <tbody>
      ${rows.map(
        ([name, text]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td class="breakable">${text}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
