import { describe, expect, test } from 'vitest';
import { button } from './button.ts';
import { html } from './html.ts';
import { pageDocument } from './page-document.ts';

describe('html', () => {
  test('shows as text whatever is not HTML itself, in lists too', () => {
    const rows = ['<b>', html`<i>${'"&\''}</i>`, 0];
    expect(html`<p>${rows}</p>`.markup).toBe('<p>&lt;b&gt;<i>&quot;&amp;&#39;</i>0</p>');
  });

  test('shows nothing for what is absent', () => {
    expect(html`<p>${null}${undefined}${false}</p>`.markup).toBe('<p></p>');
  });

  test('a button carries its body so that it can be read back', () => {
    const { markup } = button({ label: 'Break', method: 'POST', path: '/faults', body: { text: `"it's" <b>` } });
    const sent = /data-body="([^"]*)"/.exec(markup)?.[1] ?? '';
    const text = sent
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>');
    expect(JSON.parse(text)).toEqual({ text: `"it's" <b>` });
  });

  test("a page has its own style and script after the common ones, and escapes people's words", () => {
    const parts = { title: 'A <b>', heading: 'Vendor', intro: 'Stands in.', content: html`<div id="live"></div>` };
    const { markup } = pageDocument({ ...parts, style: '.own > a {}', script: 'own(1 < 2)' });
    expect(markup).toContain('<title>A &lt;b&gt;</title>');
    expect(markup).toContain('simulated, invented data');
    expect(markup.indexOf('.own > a {}')).toBeGreaterThan(markup.indexOf('color-scheme'));
    expect(markup.indexOf('own(1 < 2)')).toBeGreaterThan(markup.indexOf('async function call'));
  });
});
