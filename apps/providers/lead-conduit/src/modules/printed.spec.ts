import { type AnyMapping, printMapping, printRows } from '@occ-hub/mapping';
import { describe, expect, it } from 'vitest';
import { seedRows } from '../testing/seed.ts';
import { addLeadModule } from './add-lead/add-lead.ts';
import { postedLead } from './add-lead/posted-lead.map.ts';
import { createLeadModule } from './create-lead/create-lead.ts';
import { addleadsForm } from './create-lead/addleads.map.ts';
import { leadForm } from './create-lead/lead-form.map.ts';
import { callbackKeys } from './feedback/callback.ts';
import { feedbackFields } from './feedback/feedback.map.ts';
import { feedbackModule } from './feedback/feedback.ts';

const path = (file: string) => new URL(file, import.meta.url).pathname;

describe('the printed tables', () => {
  it.each([
    ['add-lead/posted-lead.map.md', printMapping(postedLead)],
    ['create-lead/lead-form.map.md', printMapping(leadForm)],
    ['create-lead/addleads.map.md', printMapping(addleadsForm)],
    ['feedback/feedback.map.md', printMapping(feedbackFields)],
  ])('are as the code has them: %s (print anew with `vitest -u`)', async (file, text) => {
    await expect(text).toMatchFileSnapshot(path(file));
  });
});

const modules = [
  { page: 'add-lead' as const, module: addLeadModule(), tables: [postedLead] },
  { page: 'create-lead' as const, module: createLeadModule(), tables: [leadForm, addleadsForm] },
  { page: 'feedback' as const, module: feedbackModule(), tables: [feedbackFields] },
].map(({ tables, ...rest }) => ({ ...rest, tables: tables as unknown as AnyMapping[] }));

const shown = ({ label, required, description }: { label: string; required: boolean; description: string }) => ({
  label,
  required,
  description,
});

describe.each(modules.map(({ page }) => page))('the page of %s', (page) => {
  const { module, tables } = modules.find((each) => each.page === page)!;
  const rows = tables.flatMap(printRows);
  const declared = module.request.variables();

  it('names every variable that the module declares, in the same words and order', () => {
    const added = page === 'add-lead' ? ['Timeout Seconds'] : [];
    const own = declared.filter(({ label }) => !added.includes(label));
    expect(own.map(shown)).toEqual([...seedRows(page, 'Fields'), ...seedRows(page, 'Custom Input Variables')]);
    expect(declared.length).toBe(own.length + added.length);
  });

  it('names everything that the module appends, in the same words', () => {
    expect(module.response.variables().map(shown)).toEqual(seedRows(page, 'Appended Fields'));
  });

  it('says of every default where it comes from', () => {
    for (const { description, ...variable } of declared) {
      const said = /default/.test(description);
      const has = variable.default !== undefined || variable.defaultFrom !== undefined;
      expect({ name: variable.name, has }).toEqual({
        name: variable.name,
        has: said || variable.name === 'lead.universal_id',
      });
    }
  });

  it('has its labels in the names, whatever case they are written in', () => {
    for (const { name, label } of declared) {
      const inName = name
        .replace(/^lead\./, '')
        .replace(/\.\*$/, '')
        .replaceAll(/[._]/g, ' ');
      expect(inName).toBe(label.toLowerCase());
    }
  });

  it('has no variable that nothing is made of', () => {
    const read = new Set(
      page === 'feedback' ? rows.map(({ field }) => field) : rows.flatMap(({ vendor }) => vendor.split(' + ')),
    );
    const unread = declared.map(({ name }) => name).filter((name) => !read.has(name));
    const inTheAddress = {
      'add-lead': ['client_id', 'action', 'timeout_seconds'],
      'create-lead': ['leadperfection.subdomain', 'leadperfection.action', 'timeout_seconds'],
      feedback: [],
    };
    expect(unread).toEqual(inTheAddress[page]);
  });

  it('has notes that begin "differs from seed:" where a row differs, and nowhere else', () => {
    const differing = rows.filter(({ note }) => note.startsWith('differs from seed:')).map(({ field }) => field);
    expect(differing).toEqual(page === 'add-lead' ? ['UniversalID'] : []);
  });

  it('says in a default what the table takes in its stead', () => {
    for (const { name, defaultFrom } of declared) {
      if (defaultFrom === undefined) continue;
      expect(rows.some(({ vendor }) => vendor.startsWith(`${name} + ${defaultFrom}`))).toBe(true);
    }
  });
});

it('feedback has a row for every key of LeadPerfection, and no other', () => {
  const { rows } = feedbackFields as unknown as AnyMapping;
  expect(Object.values(rows).flatMap(({ fields }) => fields)).toEqual(callbackKeys);
});

it('an own key comes last in every table that goes out', () => {
  for (const table of [postedLead, leadForm, addleadsForm]) {
    expect(printRows(table as unknown as AnyMapping).at(-1)).toMatchObject({ field: '*', note: 'last' });
  }
});
