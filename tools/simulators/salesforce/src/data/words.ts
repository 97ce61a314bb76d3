export const FIRST_NAMES = [
  'Dana',
  'Marcus',
  'Priya',
  'Owen',
  'Lucia',
  'Theo',
  'Grace',
  'Amir',
  'Nora',
  'Felix',
  'Ivy',
  'Jonas',
  'Carla',
  'Wes',
  'Mina',
  'Otis',
  'Paula',
  'Reed',
  'Sofia',
  'Tariq',
];

export const LAST_NAMES = [
  'Whitfield',
  'Okafor',
  'Lindqvist',
  'Barrow',
  'Castellano',
  'Drummond',
  'Eastman',
  'Fairbanks',
  'Greer',
  'Holloway',
  'Ibarra',
  'Jessup',
  'Kowalski',
  'Larkin',
  'Mercer',
  "O'Dell",
  'Pruitt',
  'Quimby',
  'Rosales',
  'Thatcher',
];

export const STREETS = [
  'Maple Ave',
  'Harbor St',
  'Orchard Ln',
  'Summit Rd',
  'Willow Ct',
  'Lantern Way',
  'Quarry Dr',
  'Meadow Pl',
];

/** Invented towns with zip codes that no post office uses. */
export const TOWNS = [
  { city: 'Harborline', state: 'OH', zip: '00044' },
  { city: 'Millbrook Falls', state: 'OH', zip: '00052' },
  { city: 'Cedar Point', state: 'PA', zip: '00061' },
  { city: 'Stonefield', state: 'Indiana', zip: '00077-0102' },
];

export const PRODUCTS = ['Windows', 'Doors', 'Siding', 'Roofing', 'Gutters', 'Bath'];

export const VISITS = ['First Visit', 'First Visit', 'First Visit', 'Second Visit', 'Rehash', 'Virtual'];

/** Reps as the office knows them. Two share an e-mail, one has none, one writes it in capitals, one with a blank. */
export const STAFF: readonly { name: string; email: string | null; active?: boolean }[] = [
  { name: 'Sam Rivers', email: 'sam.rivers@example.com' },
  { name: 'Jordan Vale', email: 'jordan.vale@example.com' },
  { name: 'Casey Brook', email: 'CASEY.BROOK@EXAMPLE.COM' },
  { name: 'Taylor Stone', email: 'taylor.stone@example.com' },
  { name: 'Morgan Field', email: null },
  { name: 'Riley Banks', email: 'showroom@example.com' },
  { name: 'Avery Banks', email: 'showroom@example.com' },
  { name: 'Quinn Harper', email: 'quinn.harper@example.com' },
  { name: 'Rowan Ash', email: 'rowan.ash@example.com', active: false },
  { name: 'Skyler Dunn', email: 'skyler.dunn@example.com' },
  { name: 'Emerson Pike', email: 'emerson.pike@example.com' },
  { name: 'Hayden Cole', email: 'hayden.cole@example.com' },
];
