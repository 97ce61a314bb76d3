import { catalogue } from '../catalogue/catalogue.ts';
import { categories } from '../catalogue/category.ts';
import type { Codes } from '../catalogue/codes.ts';
import type { CatalogueField } from '../catalogue/field.ts';
import { canBeShortened } from '../transfer/values/read-value.ts';
import { alwaysRequired, narrowingFields, phoneFields } from './mappings.ts';

/** What the page that edits the rows draws its lists from: every field, and the codes that the company has in use. */
export function mappingOffers(codes: Codes): unknown {
  return {
    categories: categories.map((category) => ({
      category,
      fields: catalogue.filter((field) => field.category === category).map((field) => offer(field, codes)),
    })),
    always_required: alwaysRequired.map((name) => `Location ${name}`),
    search_needs_one_of: phoneFields.map((name) => `Location ${name}`),
  };
}

function offer(field: CatalogueField, codes: Codes): Record<string, unknown> {
  const { category, name, type, max, values, rows, otherwise, closed, lookup } = field;
  const ofLocation = category === 'Location';
  const list = lookup && codes[lookup.list];
  return {
    name,
    type,
    max,
    values,
    rows,
    otherwise,
    closed,
    required: field.required,
    always_required: ofLocation && alwaysRequired.includes(name),
    searchable: ofLocation && [...phoneFields, ...narrowingFields].includes(name),
    can_be_shortened: !closed && canBeShortened(field),
    list: lookup?.list,
    codes: list?.filter((entry) => entry.active && lookup?.allows(entry)).map(({ code, title }) => ({ code, title })),
  };
}
