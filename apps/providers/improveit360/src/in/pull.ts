import { HubError } from '@occ-hub/errors';
import { readRecord } from '@occ-hub/mapping';
import type { ChangeWindow, Page, Rep } from '@occ-hub/provider-kit';
import type { Improveit360Client, ObjectDescription } from '../client.ts';
import { SfBrief, objects, opportunityFieldNames, optionalFields, requiredFields } from '../records.ts';
import { dateTime, inParts, listOf } from '../salesforce/soql.ts';

const children = 'i360core__Sales_Appointment_Opportunities__r';
/** Of the junction: its way on to the opportunity. */
const lookup = 'i360core__Sales_Opportunity__c';
/** More linked reps than this do not fit into one "all others"; then all are asked for and sorted out here. */
const mostNamed = 400;
const rep = 'i360core__Sales_Rep_1__c';

interface Shape {
  readonly select: string;
  /** The junction to opportunities and its way back to the appointment, where the company has it. */
  readonly junction: { readonly object: string; readonly field: string } | undefined;
  readonly warnings: Page['warnings'];
}

/**
 * The appointments of the linked reps that changed in the window, with what the seed's query alone would miss: an
 * appointment that went to another rep, a result that changed on the opportunity only, deleted and restored records, and
 * in a full pass all that is known or was told as removed. Every appointment comes once.
 */
export async function* pullAppointments(client: Improveit360Client, window: ChangeWindow): AsyncIterable<Page> {
  const shape = await shapeOf(client);
  yield { rows: [], ...(shape.warnings ? { warnings: shape.warnings } : {}) };
  const seen = new Set<string>();
  const asked = [
    ...inParts(window.reps).map((reps) => ({ reps, from: window.from })),
    ...inParts(window.newReps).map((reps) => ({ reps, from: window.oldest })),
  ];
  for (const { reps, from } of asked)
    yield* pagesOf(client, `${shape.select} WHERE ${rep} IN ${listOf(reps)} AND ${between(from, window.to)}`, seen);
  const others = await othersOf(client, window);
  const notOurs = others.filter(({ id, deleted }) => !deleted && !window.known.has(id));
  yield { rows: [], notOurs: notOurs.map(({ rep: whose }) => whose) };
  const follow = window.full
    ? [...window.known, ...window.removed]
    : [...others.map(({ id }) => id), ...(await touchedOf(client, shape, window))].filter((id) => window.known.has(id));
  const unseen = [...new Set(follow)].filter((id) => !seen.has(id));
  for (const ids of inParts(unseen)) {
    yield* pagesOf(client, `${shape.select} WHERE Id IN ${listOf(ids)}`, seen);
    // What even the recycle bin does not hold any more, or the hub's user does not see any more.
    yield { rows: [], missing: ids.filter((id) => window.known.has(id) && !seen.has(id)) };
  }
}

/** What the company's schema lets us ask: a single field that is not there would fail the whole query. */
async function shapeOf(client: Improveit360Client): Promise<Shape> {
  const [appointment, opportunity] = [
    await client.describe(objects.appointment),
    await client.describe(objects.opportunity),
  ];
  const there = new Set(appointment.fields.map(({ name }) => name));
  const needed = requiredFields.filter((name) => !there.has(name));
  if (needed.length > 0) throw fieldsMissing(needed);
  const ofOpportunity = new Set(opportunity.fields.map(({ name }) => name));
  const parts = opportunityFieldNames.filter((name) => ofOpportunity.has(name));
  const relation = await relationTo(client, appointment);
  const nested = relation
    ? [
        `(SELECT ${parts.map((name) => `i360core__Sales_Opportunity__r.${name}`).join(', ')} FROM ${children} WHERE IsDeleted = false)`,
      ]
    : [];
  const fields = [
    'Id',
    'IsDeleted',
    'SystemModstamp',
    ...requiredFields,
    ...optionalFields.filter((name) => there.has(name)),
  ];
  // Either spelling of the phone will do; the seed writes it without its prefix.
  const hidden = optionalFields.filter((name) => !there.has(name) && !/Contact_Phone__c$/.test(name));
  const phone = optionalFields.some((name) => /Contact_Phone__c$/.test(name) && there.has(name));
  const missing = [...hidden, ...(phone ? [] : ['i360core__Contact_Phone__c']), ...(relation ? [] : [children])];
  return {
    select: `SELECT ${[...fields, ...nested].join(', ')} FROM ${objects.appointment}`,
    junction: relation ? { object: relation.childSObject, field: relation.field } : undefined,
    warnings: missing.map((name) => ({
      record: name,
      reason: 'This field is not there or is hidden from the hub’s user. Appointments come without it.',
    })),
  };
}

/** The way to an appointment's opportunities; undefined where the company has none, or hides the far end of it. */
async function relationTo(client: Improveit360Client, { childRelationships }: ObjectDescription) {
  const relation = childRelationships.find(({ relationshipName }) => relationshipName === children);
  if (!relation) return undefined;
  const { fields } = await client.describe(relation.childSObject);
  return fields.some(({ name }) => name === lookup) ? relation : undefined;
}

/** Rows by page, deleted ones apart; one that was seen already is left out. */
async function* pagesOf(client: Improveit360Client, soql: string, seen: Set<string>): AsyncIterable<Page> {
  for await (const page of client.pages(`${soql} ORDER BY SystemModstamp, Id`, { deleted: true })) {
    const fresh = page.filter(({ Id }) => !seen.has(String(Id)));
    for (const { Id } of fresh) seen.add(String(Id));
    yield {
      rows: fresh.filter(({ IsDeleted }) => IsDeleted !== true),
      gone: fresh.filter(({ IsDeleted }) => IsDeleted === true).map(({ Id }) => String(Id)),
    };
  }
}

/** Who has, or had, the appointments that changed and are of no linked rep: names of reps are the office's, names of customers stay there. */
async function othersOf(
  client: Improveit360Client,
  { reps, newReps, from, to }: ChangeWindow,
): Promise<readonly { readonly id: string; readonly deleted: boolean; readonly rep: Rep }[]> {
  const linked = [...reps, ...newReps];
  const ours = new Set(linked);
  const named = linked.length > 0 && linked.length <= mostNamed;
  const others = named ? ` AND (${rep} = null OR ${rep} NOT IN ${listOf(linked)})` : '';
  const soql = `SELECT Id, IsDeleted, ${rep} FROM ${objects.appointment} WHERE ${between(from, to)}${others}`;
  const names = new Map((await client.lastStaff()).map(({ Id, Name }) => [Id, String(Name ?? '')]));
  const found: { id: string; deleted: boolean; rep: Rep }[] = [];
  for await (const page of client.pages(soql, { deleted: true }))
    for (const row of page) {
      const { Id: id, IsDeleted: deleted, i360core__Sales_Rep_1__c } = readRecord(SfBrief, row);
      const whose = i360core__Sales_Rep_1__c ?? '';
      if (!ours.has(whose)) found.push({ id, deleted, rep: { id: whose, name: names.get(whose) ?? '' } });
    }
  return found;
}

/** Appointments whose opportunities, or whose tie to one, changed: that need not move the appointment's own stamp. */
async function touchedOf(
  client: Improveit360Client,
  { junction }: Shape,
  { from, to }: ChangeWindow,
): Promise<readonly string[]> {
  if (!junction) return [];
  const { object, field } = junction;
  const ofOpportunity = between(from, to, 'i360core__Sales_Opportunity__r.SystemModstamp');
  const soql = `SELECT ${field} FROM ${object} WHERE (${between(from, to)}) OR (${ofOpportunity})`;
  const ids: string[] = [];
  for await (const page of client.pages(soql, { deleted: true })) ids.push(...page.map((row) => String(row[field])));
  return ids;
}

function between(from: string, to: string, stamp = 'SystemModstamp'): string {
  return `${stamp} >= ${dateTime(from)} AND ${stamp} < ${dateTime(to)}`;
}

function fieldsMissing(names: readonly string[]): HubError {
  return new HubError({
    kind: 'rejected',
    code: 'improveit360.schema.required-missing',
    message: `The hub's user cannot see ${names.join(', ')} of the sales appointment. Give that user access to it in Salesforce (field-level security).`,
  });
}
