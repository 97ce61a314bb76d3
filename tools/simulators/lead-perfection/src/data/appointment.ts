/** One appointment row as LeadPerfection prints it. `ID` is the issued-lead id; any other field may be null. */
export interface AppointmentRow {
  ID: number;
  slr_id: number | string | null;
  SalesRepName: string | null;
  CustName: string | null;
  Address1: string | null;
  CSZ: string | null;
  Phone: string | null;
  AltPhone1: string | null;
  AltPhone1Type: string | null;
  AltPhone2: string | null;
  AltPhone2Type: string | null;
  email: string | null;
  email2: string | null;
  ProductID: string | null;
  Source: string | null;
  SubSource: string | null;
  ApptDate: string | null;
  ApptDateDisplay: string | null;
  Notes: string | null;
  PresNotes: string | null;
  Disposition: string | null;
  DispositionComments: string | null;
  /** Printed as Y/N, true/false or "true"/"false", see the `booleans` switch. */
  CanUpdateIndicator: 'Y' | 'N' | null;
  ApptStatusCode: string | null;
  ProductID1: string | null;
  GSA1: number | null;
  ProductID2: string | null;
  GSA2: number | null;
  ProductID3: string | null;
  GSA3: number | null;
  ProductID4: string | null;
  GSA4: number | null;
  ProductID5: string | null;
  GSA5: number | null;
  HshDisposition: string | null;
  HshProduct: string | null;
}

/** One accepted write to an appointment: who, by which action, and the row's values afterwards. */
export interface AppointmentWrite {
  at: string;
  action: string;
  user: string;
  changed: Record<string, unknown>;
}

/** What the simulated company knows of one appointment: the printed row and what no row prints. */
export interface Appointment {
  row: AppointmentRow;
  /** The day the office files it under. Kept apart from ApptDate, which may be null or a sentinel in a listed row. */
  day: string;
  cstId: number;
  ldsId: number;
  /** What is unusual about this row, for the page; null for an ordinary one. */
  oddity: string | null;
  acknowledged: boolean;
  /** Values of the later update revisions that the known rows do not print (follow-up, result ids, user fields). */
  extra: Record<string, string>;
  /** The last writes, newest last; `writeCount` counts all of them. */
  writes: AppointmentWrite[];
  writeCount: number;
}

/** The fields two rows share when they are visits to the same household for the same product. */
export function householdOf(row: AppointmentRow): string {
  return JSON.stringify([row.CustName, row.Address1, row.CSZ, row.ProductID]);
}
