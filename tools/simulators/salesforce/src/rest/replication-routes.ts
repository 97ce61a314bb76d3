import type { RestCall, RestParts, RouteHandler } from './rest-call.ts';
import { dateTimeText, instantOf } from '../records/row.ts';
import { SalesforceError } from '../records/salesforce-error.ts';
import { objectOf } from './object-routes.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const MOST_IDS = 600_000;

/** Ids of rows touched in a window, by SystemModstamp. */
export const updated: RouteHandler = (parts, call, [name]) => {
  const object = objectOf(parts, name);
  const { from, to } = windowOf(parts, call, 30 * DAY);
  const ids: string[] = [];
  for (const row of parts.org.store.rows(object.name)) {
    if (!row.IsDeleted && row.SystemModstamp >= from && row.SystemModstamp < to) ids.push(row.Id);
  }
  if (ids.length > MOST_IDS) throw new SalesforceError('EXCEEDED_ID_LIMIT', 'Too many ids in the window.');
  return { status: 200, body: { ids, latestDateCovered: coveredUntil(parts, to) } };
};

/** Rows that went into the recycle bin in a window. */
export const deleted: RouteHandler = (parts, call, [name]) => {
  const object = objectOf(parts, name);
  const { from, to } = windowOf(parts, call, 15 * DAY);
  const deletedRecords: { id: string; deletedDate: string }[] = [];
  for (const row of parts.org.store.rows(object.name)) {
    if (!row.IsDeleted || row.SystemModstamp < from || row.SystemModstamp >= to) continue;
    deletedRecords.push({ id: row.Id, deletedDate: row.SystemModstamp });
  }
  return {
    status: 200,
    body: {
      deletedRecords,
      earliestDateAvailable: dateTimeText(wholeMinute(parts.org.clock.now() - 15 * DAY)),
      latestDateCovered: coveredUntil(parts, to),
    },
  };
};

/** Seconds do not count, as the vendor says. */
function windowOf({ org }: RestParts, { query }: RestCall, reach: number): { from: string; to: string } {
  const [start, end] = ['start', 'end'].map((name) => wholeMinute(instantOf(query.get(name) ?? '')));
  if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end)) {
    throw new SalesforceError('INVALID_REPLICATION_DATE', 'start and end must be given as ISO 8601 date-times');
  }
  if (start >= end)
    throw new SalesforceError(
      'INVALID_REPLICATION_DATE',
      'startDate before endDate required, at least one minute apart',
    );
  if (start < wholeMinute(org.clock.now() - reach)) {
    throw new SalesforceError('INVALID_REPLICATION_DATE', `startDate cannot be more than ${reach / DAY} days ago`);
  }
  return { from: dateTimeText(start), to: dateTimeText(end) };
}

/** Never later than the clock, and behind it by the lag of the org. */
function coveredUntil({ org }: RestParts, to: string): string {
  const latest = dateTimeText(wholeMinute(org.clock.now() - org.updatedLag));
  return to < latest ? to : latest;
}

function wholeMinute(ms: number): number {
  return Math.floor(ms / MINUTE) * MINUTE;
}
