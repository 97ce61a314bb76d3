/** Everyone here is invented: names from a pot, 555-01xx phones, example.com mail. */
// prettier-ignore
export const FIRST_NAMES = [
  'Pat', 'Lee', 'Morgan', 'Jamie', 'Casey', 'Robin', 'Alex', 'Taylor', 'Quinn', 'Avery', 'Noor', 'Imani', 'Mateo', 'Yuki',
  'Zoë', 'Björn', 'Omar', 'Priya', 'Kofi', 'Lena',
] as const;

// prettier-ignore
export const LAST_NAMES = [
  'Moreno', 'Kestrel', 'Ashby', 'Vandermeer', 'Nakamura', "O'Hara", "D'Angelo", 'Pruitt', 'Sørensen', 'Castellanos', 'Ngo',
  'Featherstone', 'Oyelaran', 'Brandt', 'Muñoz', 'Whitaker', 'Larkin', 'Ibarra', 'St. Clair', 'Yoon',
] as const;

export const STREETS = ['Alder Way', 'Old Mill Rd', 'Larch Ave', 'Harbor View Dr', 'Quarry Ln', 'Chestnut St'] as const;

export const CITIES = [
  { City: 'Marlow', State: 'MA', Zip: '01000', Branch: 'North', TaxCode: 'MARLOW' },
  { City: 'Harwick', State: 'MA', Zip: '01100', Branch: 'North', TaxCode: 'HARWICK' },
  { City: 'Brookfield', State: 'MA', Zip: '02000', Branch: 'South', TaxCode: 'EXEMPT' },
] as const;
