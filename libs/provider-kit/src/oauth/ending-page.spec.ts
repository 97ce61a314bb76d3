import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { endingPage, endingPolicy } from './ending-page.ts';
import { endings } from './endings.ts';

const hostile = `</title><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;`;

describe('the page of an ending', () => {
  it('says what happened, on whose side, and what to do', () => {
    const page = endingPage(endings.vendorAway('Some CRM'), undefined);
    expect(page).toContain('<h1>Some CRM did not answer</h1>');
    expect(page).toMatch(/<html lang="en">.*<title>.*One Click Contractor<\/title>/);
    expect(page.match(/<p>/g)).toHaveLength(2);
    expect(page).toContain('Start again from One Click Contractor');
  });

  it('shows words of the vendor as text, whatever is in them', () => {
    const page = endingPage(endings.refused('Some CRM', hostile), `https://app.example.test/?a="><script>`);
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(page).toContain('&amp;amp;');
    expect(page).toContain('onerror=&#39;');
  });

  it('links back where it is known whereto', () => {
    expect(endingPage(endings.used, 'https://app.example.test/')).toContain('href="https://app.example.test/"');
    expect(endingPage(endings.used, undefined)).not.toContain('<a');
  });

  it('may use its own style and nothing else', () => {
    const style = /<style>(.*)<\/style>/.exec(endingPage(endings.used, undefined))![1]!;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(endingPolicy.styleSrc).toEqual([`'sha256-${hash}'`]);
    expect(endingPolicy.defaultSrc).toEqual(["'none'"]);
  });
});
