import type { ClientFields } from '../account/client.ts';

type Known = ClientFields & { id: number };

const MARLOW = { bill_addr_city: 'Marlow', bill_addr_state: 'GA', bill_addr_postal_code: '30000' };

/** The cases a careful caller must tell apart. */
const CASES: readonly Known[] = [
  {
    ...{ id: 9001, first_name: 'Rowan', last_name: 'Pike', email: 'rowan@example.com', phone: '555-010-0199' },
    ...{ bill_addr_1: '4 Fern Road', ...MARLOW, qb_balance: 125.5, default_operation_id: 41 },
  },
  // Someone wrote an extension behind the number, and a second address behind the first.
  { id: 9002, first_name: 'Ines', last_name: 'Vale', email: 'ines@example.com', phone: '404-555-0112 x12', ...MARLOW },
  {
    id: 9003,
    first_name: 'Bo',
    last_name: 'Lind',
    email: 'bo@example.com, bo.lind@example.net',
    phone: '(404) 555-0113',
  },
  {
    id: 9004,
    first_name: 'Mila',
    last_name: 'Roth',
    email: 'Mila@Example.com',
    phone: '4045550114',
    mobile: '404-555-0115',
  },
  // The first address is the beginning of the second, and somebody else's.
  { id: 9005, first_name: 'Kit', last_name: 'Boyle', email: 'kit@shop.example.com', phone: '404-555-0116' },
  {
    id: 9006,
    first_name: 'Ada',
    last_name: 'Quill',
    email: 'ada@example.com',
    phone: '404-555-0117',
    created_at: '2023-03-01T09:00:00.000-05:00',
  },
  {
    id: 9007,
    first_name: 'Ada M.',
    last_name: 'Quill',
    email: 'ada@example.com',
    phone: '404-555-0117',
    created_at: '2025-02-01T09:00:00.000-05:00',
  },
  {
    id: 9008,
    first_name: 'Noor',
    last_name: 'Haddad',
    email: 'noor@example.com',
    phone: '404-555-0118',
    merged_to_client_id: 9009,
    active: false,
  },
  {
    id: 9009,
    first_name: 'Noor',
    last_name: 'Haddad-Lane',
    email: 'noor.haddad@example.com',
    phone: '404-555-0118',
    bill_addr_1: '9 Ash Court',
    ...MARLOW,
  },
  {
    id: 9010,
    first_name: 'Otto',
    last_name: 'Gray',
    email: 'otto@example.com',
    phone: '404-555-0119',
    is_archived: true,
    active: false,
  },
  { id: 9011, first_name: 'Lena', last_name: 'Frost', email: 'lena@example.com', phone: '404-555-0120', on_hold: true },
  { id: 9012, first_name: 'Pia', last_name: 'Stone', email: 'pia@example.com', phone: '404-555-0121', active: false },
];

const FLATS = 52;

/** A landlord's office: more clients than fit a page begin with its address, and only the last one has nothing behind. */
const PARKSIDE: readonly Known[] = [
  ...Array.from({ length: FLATS }, (_, index) => ({
    id: 9101 + index,
    company_name: `Parkside, flat ${index + 1}`,
    email: `office@parkside.example; flat ${index + 1}`,
    phone: `678-555-0100 x${index + 1}`,
  })),
  { id: 9101 + FLATS, company_name: 'Parkside office', email: 'office@parkside.example', phone: '678-555-0100' },
];

export const ODD_CLIENTS: readonly Known[] = [...CASES, ...PARKSIDE];
