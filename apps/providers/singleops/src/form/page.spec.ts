import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formFields } from './fields.ts';
import { formPage, sorryPage, thanksPage } from './page.ts';

const blank = { title: 'Ask us', ticket: 'T', values: {}, faults: {} };
/** The tags of a page: whatever people typed, they are the same. */
const tagsOf = (html: string) => html.match(/<[^>]*>/g)!.map((tag) => /^<\/?[a-z0-9!]+/i.exec(tag)![0]);
const plainText = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('the form’s page', () => {
  it('keeps what was typed as text, whatever it is', () => {
    const values = fc.record(Object.fromEntries(formFields.map(({ name }) => [name, plainText])));
    const usual = tagsOf(formPage({ ...blank, notice: 'n', faults: { email: 'f', other: 'g' } }));
    fc.assert(
      fc.property(values, plainText, plainText, (typed, title, said) => {
        const page = formPage({
          title,
          ticket: said,
          values: typed,
          faults: { email: said || 'x', other: said },
          notice: said,
        });
        expect(tagsOf(page)).toEqual(usual);
      }),
    );
  });

  it('names every fault at the top with a way to its field, and ties it to the field', () => {
    const page = formPage({ ...blank, faults: { phone: 'Too short.', division: 'Nobody sees this field.' } });
    expect(page).toContain('<a href="#f-phone">Phone: Too short.</a>');
    expect(page).toContain('<li>Nobody sees this field.</li>');
    expect(page).toMatch(/id="f-phone"[^>]*aria-describedby="hint-contact f-phone-fault" aria-invalid="true"/);
    expect(page).toMatch(/<title>Please check: Ask us<\/title>/);
  });

  it('keeps a line break that notes begin with', () => {
    expect(formPage({ ...blank, values: { notes: '\nb' } })).toContain('>\n\nb</textarea>');
  });

  it('thanks and excuses itself in text', () => {
    expect(thanksPage('A <b>', 'C & d')).toContain('<h1>A &lt;b&gt;</h1><p>C &amp; d</p>');
    expect(sorryPage('A <b>', 'C & d')).toContain('<h1>A &lt;b&gt;</h1><p>C &amp; d</p>');
  });
});
