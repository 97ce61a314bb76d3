/** A lead's fields under the names of the posting door, whatever the door called them. Blank when not sent. */
export interface LeadFields {
  firstname: string;
  lastname: string;
  address1: string;
  city: string;
  state: string;
  zip: string;
  phone1: string;
  phone2: string;
  email: string;
  productid: string;
  srs_id: string;
  pro_id: string;
  sender: string;
  lognumber: string;
  eventid: string;
  notes: string;
  adate: string;
  atime: string;
}

export type LeadState = 'queued' | 'added' | 'merged' | 'deleted';

/** Why an inbound lead was deleted. */
export interface KillReason {
  ikrId: number;
  text: string;
}

/** How far a lead has come. Stages are "ever": once reached they stay. */
export interface LifeCycle {
  dispo: string;
  everSet: boolean;
  everGrossIssue: boolean;
  everDemo: boolean;
  sold: boolean;
  gross: number | null;
  calls: number;
  jobStatus: string;
  setter: string;
  salesRep: string;
  /** Wall clock, `YYYY-MM-DDTHH:MM:SS`. */
  apptDate: string | null;
}

/** One feedback message: what it said, and what came back. */
export interface SentFeedback {
  number: number;
  at: string;
  kind: 'verdict' | 'life-cycle';
  method: 'GET' | 'POST';
  /** Without its query, which may hold a key. */
  url: string;
  contentType: string | null;
  /** The fields under their documented names. */
  fields: Record<string, string>;
  /** Null when no answer came; `error` then says why. */
  status: number | null;
  answer: string;
  error: string | null;
  ms: number;
}

/** One row of the inbound queue. */
export interface InboundLead {
  in1Id: number;
  /** `addlead` or the page's name. */
  door: string;
  receivedAt: string;
  /** Company's wall clock. */
  receivedWall: string;
  /** The body, or the query of a GET, as it came; passwords are masked. */
  raw: string;
  fields: LeadFields;
  /** Every parameter by its lower-case name, known or not; passwords are masked. */
  sent: Record<string, string>;
  state: LeadState;
  killed: KillReason | null;
  prospectId: number | null;
  leadNumber: number | null;
  /** The issued-lead id: `ID` of the appointment's row. */
  appointmentId: number | null;
  life: LifeCycle;
  feedback: SentFeedback[];
}

export const NEW_LIFE: Readonly<LifeCycle> = {
  dispo: '',
  everSet: false,
  everGrossIssue: false,
  everDemo: false,
  sold: false,
  gross: null,
  calls: 0,
  jobStatus: '',
  setter: '',
  salesRep: '',
  apptDate: null,
};
