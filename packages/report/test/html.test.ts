import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embeddedJson } from '../src/embedded-json.ts';
import { escapeHtml, html } from '../src/html.ts';

describe('html', () => {
  it('escapes what is put in and leaves its own markup alone', () => {
    expect(html`<p title="${'"x" & y'}">${"</p><script>alert('1')</script>"}</p>`.markup).toBe(
      '<p title="&quot;x&quot; &amp; y">&lt;/p&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</p>',
    );
  });

  it('takes markup and lists of it as they are, and null for nothing', () => {
    const items = [html`<li>${1}</li>`, html`<li>${'<'}</li>`];
    expect(html`<b>${items}${null}</b>`.markup).toBe('<b><li>1</li>\n<li>&lt;</li></b>');
  });

  it('leaves no character that could end a text or an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
      }),
    );
  });
});

describe('embeddedJson', () => {
  it('cannot end its element', () => {
    expect(embeddedJson({ name: '</script><!-- &' })).toBe('{"name":"\\u003c/script\\u003e\\u003c!-- \\u0026"}');
  });

  it('reads back to the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(JSON.parse(embeddedJson(value)))).toBe(JSON.stringify(value));
      }),
    );
  });
});
