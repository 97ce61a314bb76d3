/** Everyone here is invented: names from a pot, 555-01xx phones, example.test mail. */
// prettier-ignore
export const FIRST_NAMES = [
  'Pat', 'Lee', 'Morgan', 'Jamie', 'Casey', 'Robin', 'Alex', 'Taylor', 'Quinn', 'Avery', 'Rowan', 'Dana', 'Noor', 'Imani',
  'Mateo', 'Yuki', 'Zoë', 'Björn', 'Inés', 'Omar', 'Priya', 'Kofi', 'Lena', 'Tomas', 'Aiko', 'Ruth', 'Walter', 'Gloria',
] as const;

// prettier-ignore
export const LAST_NAMES = [
  'Moreno', 'Kestrel', 'Ashby', 'Vandermeer', 'Nakamura', "O'Hara", "D'Angelo", 'Pruitt', 'Sørensen', 'Castellanos', 'Ngo',
  'Featherstone', 'Oyelaran', 'Brandt', 'Muñoz', 'Whitaker', 'Larkin', 'Petrov', 'Ibarra', 'Halloran', 'St. Clair', 'Yoon',
  'Fitzgerald-Rowe', 'Abdi', 'Kaplan', 'Mbeki', 'Thornquist', 'Villanueva', 'Zielinski', 'Coates',
] as const;

// prettier-ignore
export const STREETS = [
  'Kestrel Ct', 'Old Mill Rd', 'Larch Ave', 'Harbor View Dr', 'Quarry Ln', 'Chestnut St', 'Sparrow Hill Rd', 'Fourth St NW',
  'Meadow Run', 'Lantern Way', 'Bishop Ter', 'Tidewater Blvd', 'Copper Beech Cir', 'Granite Pike', 'Ferry Landing Rd',
] as const;

export const CITIES = [
  { city: 'Middle River', state: 'MD', zip: '21220', area: '410' },
  { city: 'Towson', state: 'MD', zip: '21204', area: '410' },
  { city: 'Ellicott City', state: 'MD', zip: '21043', area: '443' },
  { city: 'Annapolis', state: 'MD', zip: '21401', area: '410' },
  { city: 'Silver Spring', state: 'MD', zip: '20910', area: '301' },
  { city: 'Alexandria', state: 'VA', zip: '22314', area: '703' },
  { city: 'Fairfax', state: 'VA', zip: '22030', area: '703' },
  { city: 'York', state: 'PA', zip: '17401', area: '717' },
  { city: 'Newark', state: 'DE', zip: '19711', area: '302' },
] as const;

export const SOURCES = [
  ['Internet', 'Web form'],
  ['Internet', 'Paid search'],
  ['Canvass', 'Door hanger'],
  ['Home Show', 'Spring expo'],
  ['Referral', 'Past customer'],
  ['Radio', null],
  ['Direct Mail', 'Postcard "Save 20%"'],
] as const;

export const PHONE_TYPES = ['Cell', 'Work', 'Spouse', 'Other', 'C', '2'] as const;

export const NOTES = [
  '2nd floor, 6 windows. Both owners will be there.',
  'Dog in the yard; ring and wait. Gate code is with the office.',
  'Roof is about 22 years old, one leak over the garage.',
  'Wants financing options explained; asked for brochures.',
  'Reset once already, call 30 minutes ahead.',
  'Hail claim open with the insurer. Adjuster came last week.',
  'Bath on the main floor, needs a walk-in shower.',
  'Saw us at the spring show & liked the bay window.',
] as const;

export const PRES_NOTES = [
  'Presented good/better/best, thinking it over.',
  'Measured all openings.',
  'Left the quote.',
] as const;
