import type { Conversion, Scalar } from '@occ-hub/mapping';

const asText = (value: Scalar) => String(value ?? '').trim();
/** A multi-select of Salesforce, for people: "Windows;Doors" → "Windows, Doors". */
const asList = (value: Scalar) =>
  asText(value)
    .split(';')
    .map((each) => each.trim())
    .filter(Boolean)
    .join(', ');

/** "name: categories", and no separator that stands alone. */
export const nameAndCategories: Conversion<readonly [Scalar, Scalar], string> = {
  name: 'name: categories',
  convert: ([name, categories]) => [asText(name), asList(categories)].filter(Boolean).join(': '),
};

/** "name: categories - type", and no separator that stands alone. */
export const nameCategoriesAndType: Conversion<readonly [Scalar, Scalar, Scalar], string> = {
  name: 'name: categories - type',
  convert: ([name, categories, type]) =>
    [[asText(name), asList(categories)].filter(Boolean).join(': '), asText(type)].filter(Boolean).join(' - '),
};
