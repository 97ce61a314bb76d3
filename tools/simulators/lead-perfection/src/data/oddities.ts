import type { AppointmentRow } from './appointment.ts';

/** One way in which real rows differ from the tidy one in a manual. */
export interface Oddity {
  name: string;
  change(row: AppointmentRow): Partial<AppointmentRow>;
}

const fixed = (name: string, fields: Partial<AppointmentRow>): Oddity => ({ name, change: () => fields });

/** Each is given to one ordinary row inside the window, in this order. Ways a household is written come first. */
export const ODDITIES: readonly Oddity[] = [
  fixed('ZIP+4', { CSZ: 'Towson, MD 21204-1234' }),
  fixed('two blanks in CSZ', { CSZ: 'Middle River, MD  21220' }),
  fixed('CSZ null', { CSZ: null }),
  fixed('CSZ empty', { CSZ: '' }),
  fixed('CSZ without comma', { CSZ: 'Towson MD 21204' }),
  fixed('CSZ without ZIP', { CSZ: 'Towson, MD' }),
  fixed('CSZ without city', { CSZ: ', MD 21204' }),
  fixed('D.C. with dots', { CSZ: 'Washington, D.C., DC 20001' }),
  fixed('Canadian postal code', { CSZ: 'Toronto, ON M5V 2T6', Phone: '416-555-0148' }),
  fixed('same e-mail twice, other case', { email: 'sam.twice@example.test', email2: 'Sam.Twice@Example.test' }),
  fixed('e-mails already joined by a comma', {
    email: 'ana@example.test, luis@example.test',
    email2: 'luis@example.test',
  }),
  fixed('blank e-mails', { email: '  ', email2: '' }),
  fixed('only the second e-mail', { email: null, email2: 'second.only@example.test' }),
  fixed('phone with extension', { Phone: '410-555-0143 x12' }),
  fixed('phones blank and too short', { Phone: ' ', AltPhone1: '555-0177', AltPhone1Type: 'Cell' }),
  fixed('alternative phone without type', { AltPhone1: '(443) 555-0109', AltPhone1Type: null }),
  fixed('same phone three times', {
    Phone: '4105550155',
    AltPhone1: '(410) 555-0155',
    AltPhone1Type: 'Cell',
    AltPhone2: '410-555-0155',
    AltPhone2Type: 'Work',
  }),
  fixed('ampersand and apostrophe', { CustName: "Máire & Seán O'Connor-D'Souza" }),
  fixed('markup in a name', { CustName: 'Chris <b>Bold</b> & "Sons"' }),
  fixed('blanks around the name', { CustName: '  Rosa   Field ' }),
  fixed('name null', { CustName: null }),
  fixed('address null', { Address1: null }),
  fixed('product null', { ProductID: null }),
  fixed('source without sub-source', { Source: 'Walk-in', SubSource: null }),
  fixed('sub-source without source', { Source: null, SubSource: 'Spring expo' }),
  fixed('notes with unicode and emoji', {
    Notes: 'Señora Núñez – "ring 2×" 🏠🪟 ☎️ 日本語も可\r\nZweite Zeile: Maße 120×80 cm',
  }),
  fixed('long notes', { Notes: 'Measured every opening again; the list follows. '.repeat(90).trim() }),
  fixed('notes empty', { Notes: '' }),
  fixed('rep unknown to the user list', { slr_id: 999, SalesRepName: 'Gone, Long' }),
  fixed('another row of the unknown rep', { slr_id: 999, SalesRepName: 'Gone, Long' }),
  fixed('no rep', { slr_id: null, SalesRepName: null }),
  { name: 'rep id as text', change: (row) => ({ slr_id: row.slr_id === null ? null : String(row.slr_id) }) },
  fixed('rep zero', { slr_id: 0, SalesRepName: '' }),
  fixed('sentinel date 1899', { ApptDate: '1899-12-30T11:00:00' }),
  fixed('sentinel date 1900', { ApptDate: '1900-01-01T14:00:00' }),
  fixed('date null', { ApptDate: null }),
  fixed('may no longer be resulted', { CanUpdateIndicator: 'N', ApptStatusCode: 'C', Disposition: 'Sale' }),
  fixed('another closed row', { CanUpdateIndicator: 'N', ApptStatusCode: 'C', Disposition: 'CXL' }),
  fixed('update indicator null', { CanUpdateIndicator: null }),
  fixed('disposition the list does not show', { Disposition: 'NOP ITM' }),
  fixed('disposition nobody knows', { Disposition: 'ZZ-Old' }),
  fixed('sold, all five products', {
    Disposition: 'Sale',
    PresNotes: 'Sold the whole house.',
    ProductID1: 'WIN',
    GSA1: 12500,
    ProductID2: 'ROOF',
    GSA2: 18999.99,
    ProductID3: 'SIDE',
    GSA3: 9400.5,
    ProductID4: 'GUTR',
    GSA4: 2100,
    ProductID5: 'DOOR',
    GSA5: 0,
  }),
  fixed('sold, two products', { Disposition: 'Sale', ProductID1: 'BATH', GSA1: 15800, ProductID2: 'DOOR', GSA2: 3200 }),
  {
    name: 'every field null but the id and the date',
    change: (row) => ({
      ...(Object.fromEntries(Object.keys(row).map((field) => [field, null])) as Partial<AppointmentRow>),
      ID: row.ID,
      ApptDate: row.ApptDate,
    }),
  },
];
