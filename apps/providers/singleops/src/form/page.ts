import { escaped } from './escaped.ts';
import { type FormField, formFields, hints, honeypot, ticketField } from './fields.ts';
import { style } from './style.ts';

/** What the form shows. */
export interface FormPage {
  readonly title: string;
  /** The sealed ticket. */
  readonly ticket: string;
  /** What was typed, by name: it is kept. */
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong with a field, by name. */
  readonly faults: Readonly<Record<string, string>>;
  /** What is to be said of the form as a whole. */
  readonly notice?: string;
}

/** The form as a page that needs no script. It is posted to where it came from. */
export function formPage({ title, ticket, values, faults, notice }: FormPage): string {
  const hasFaults = Object.keys(faults).length > 0;
  const rows = formFields.map((field) => hintBefore(field) + row(field, values[field.name] ?? '', faults[field.name]));
  return pageOf({
    title: hasFaults || notice !== undefined ? `Please check: ${title}` : title,
    body:
      `<h1>${escaped(title)}</h1>${summary(faults, notice)}` +
      `<form method="post" novalidate>${rows.join('')}` +
      '<div class="away" aria-hidden="true"><label for="w">Leave this empty</label>' +
      `<input id="w" name="${honeypot}" tabindex="-1" autocomplete="off"></div>` +
      `<input type="hidden" name="${ticketField}" value="${escaped(ticket)}">` +
      '<button type="submit">Send</button></form>',
  });
}

/** What people see when the form is on its way. */
export function thanksPage(title: string, said: string): string {
  return pageOf({
    title: `Sent: ${title}`,
    body: `<div role="status"><h1>${escaped(title)}</h1><p>${escaped(said)}</p></div>`,
  });
}

/** What people see who cannot send now. */
export function sorryPage(title: string, said: string): string {
  return pageOf({ title, body: `<div role="alert"><h1>${escaped(title)}</h1><p>${escaped(said)}</p></div>` });
}

/** Named first, with a way to each field, for those who do not see the page at a glance. */
function summary(faults: FormPage['faults'], notice: string | undefined): string {
  const shown = new Map(formFields.map(({ name, label }) => [name, label]));
  const items = Object.entries(faults).map(([name, said]) => {
    const label = shown.get(name);
    return label === undefined
      ? `<li>${escaped(said)}</li>`
      : `<li><a href="#f-${name}">${escaped(plain(label))}: ${escaped(said)}</a></li>`;
  });
  if (items.length === 0 && notice === undefined) return '';
  const heading = notice ?? 'Please put right what is marked below.';
  const list = items.length > 0 ? `<ul>${items.join('')}</ul>` : '';
  return `<div class="summary" role="alert"><p>${escaped(heading)}</p>${list}</div>`;
}

function hintBefore({ name, hint }: FormField): string {
  if (hint === undefined || formFields.find((field) => field.hint === hint)?.name !== name) return '';
  return `<p class="hint" id="hint-${hint}">${escaped(hints[hint])}</p>`;
}

/** What is wrong stands under what was typed, so that fields of one line stay in line. */
function row(field: FormField, value: string, fault: string | undefined): string {
  const { name, label, hint, width } = field;
  const id = `f-${name}`;
  const about = [...(hint ? [`hint-${hint}`] : []), ...(fault ? [`${id}-fault`] : [])].join(' ');
  const described = (about && ` aria-describedby="${about}"`) + (fault ? ' aria-invalid="true"' : '');
  return (
    `<div class="${width ? `field ${width}` : 'field'}"><label for="${id}">${escaped(label)}</label>` +
    control(field, value, `id="${id}" name="${name}"${described}`) +
    (fault ? `<p class="fault" id="${id}-fault">${escaped(fault)}</p></div>` : '</div>')
  );
}

function control({ kind, autocomplete, most }: FormField, value: string, more: string): string {
  const usual = `${more} autocomplete="${autocomplete}" maxlength="${most}"`;
  // The first line break of a textarea's text is dropped by browsers: one more is put before it.
  if (kind === 'area') return `<textarea ${usual} rows="5">\n${escaped(value)}</textarea>`;
  return `<input type="${kind}" ${usual} value="${escaped(value)}">`;
}

function plain(label: string): string {
  return label.replace(' (optional)', '');
}

function pageOf({ title, body }: { title: string; body: string }): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">' +
    `<title>${escaped(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`
  );
}
