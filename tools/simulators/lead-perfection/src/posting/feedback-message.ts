import type { Company } from '../company/company.ts';
import type { FeedbackStyle } from './posting-switches.ts';
import type { InboundLead, SentFeedback } from './inbound-lead.ts';
import { sourceOf } from './lead-source.ts';

const METHODS = { added: 'A', merged: 'M', deleted: 'X', queued: '' } as const;

/** Everything LeadPerfection says about a lead, under its own names and in their documented order. Unknown is blank. */
export function feedbackFields(
  company: Company,
  lead: InboundLead,
  kind: SentFeedback['kind'],
): Record<string, string> {
  const { fields, life } = lead;
  const { source, subSource } = sourceOf(fields.srs_id);
  const flag = flagWriter(company.posting.feedback.flags);
  const saysMethod = kind === 'verdict' || company.posting.repeatMethod;
  return {
    ProspectID: numberText(lead.prospectId),
    EventID: fields.eventid,
    LeadNumber: numberText(lead.leadNumber),
    LogNumber: fields.lognumber,
    FirstName: fields.firstname,
    LastName: fields.lastname,
    Address1: fields.address1,
    City: fields.city,
    State: fields.state,
    Zip: fields.zip,
    Phone: fields.phone1,
    Email: fields.email,
    DateReceived: american(lead.receivedWall),
    EntryDate: lead.state === 'deleted' ? '' : american(lead.receivedWall).split(' ')[0]!,
    SalesRep: life.salesRep,
    Setter: life.setter,
    Prod: fields.productid,
    Source: source ?? '',
    SubSource: subSource ?? '',
    SRS_ID: fields.srs_id,
    Dispo: life.dispo,
    CallsCount: String(life.calls),
    ApptDate: life.apptDate ? american(life.apptDate) : '',
    EverSet: flag(life.everSet),
    EverGrossIssue: flag(life.everGrossIssue),
    EverDemo: flag(life.everDemo),
    Sold: flag(life.sold),
    Gross: life.gross === null ? '' : life.gross.toFixed(2),
    PrimaryJobStatus: life.jobStatus,
    Method: saysMethod ? METHODS[lead.state] : '',
    ikr_id: numberText(lead.killed?.ikrId ?? null),
    ikrdescr: lead.killed?.text ?? '',
    inq_id: String(lead.in1Id),
    RecType: kind === 'verdict' ? 'I' : 'L',
  };
}

function flagWriter(flags: FeedbackStyle['flags']): (reached: boolean) => string {
  if (flags === 'words') return String;
  return (reached) => (flags === 'letters' ? (reached ? 'Y' : 'N') : reached ? '1' : '0');
}

function numberText(value: number | null): string {
  return value === null ? '' : String(value);
}

/** `3/9/2026 2:00:00 PM` of a wall time. */
function american(wallTime: string): string {
  const [year, month, day, hour, minute, second] = wallTime.split(/[-T:]/).map(Number) as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${month}/${day}/${year} ${hour % 12 || 12}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'}`;
}
