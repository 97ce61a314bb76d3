import {
  type Office,
  type Run,
  authorizeInBrowser,
  connectTo,
  connectionPath,
  newOffice,
  openOffice,
  syncNow,
  until,
} from '@occ-hub/demo';
import { Pool } from 'undici';
import { seconds } from './bare.ts';
import { line, share } from './print.ts';
import type { Salesforce } from './salesforce.ts';

interface TimedRun extends Run {
  readonly started_at: string;
  readonly ended_at: string;
}

/** Polls of improveit360: all appointments of the linked reps, changed and unchanged, and what they cost in calls. */
export async function benchPollChanges(core: string, salesforce: Salesforce): Promise<void> {
  const office = await authorized(core, salesforce);
  const first = await firstRun(office);
  await salesforce.changeAll();
  const changed = await timed(office);
  const again = await timed(office);
  if (again.changed > 0) throw new Error(`an unchanged re-poll published ${again.changed} records`);
  const bare = await bareQuery(salesforce);
  line('reps linked by e-mail', `${salesforce.staff.length}`);
  line('first poll', figureOf(first));
  line('poll of changed ones', figureOf(changed));
  line('unchanged re-poll', figureOf(again));
  line('bare vendor HTTP', `${bare.rows} rows in ${bare.seconds.toFixed(2)} s, ${bare.pages} pages`);
  line('share of bare HTTP', share(bare.seconds / secondsOf(changed)));
}

async function authorized(core: string, salesforce: Salesforce): Promise<Office> {
  const office = newOffice(core);
  const addressed = new Map(
    salesforce.staff.filter(({ email }) => email).map((each) => [each.email.toLowerCase(), each]),
  );
  await openOffice(
    office,
    [...addressed].map(([email, { name }]) => ({ name, email })),
  );
  await connectTo(office, 'improveit360');
  const settings = {
    consumer_key: salesforce.key,
    consumer_secret: salesforce.secret,
    time_zone: 'America/New_York',
  };
  await office.admin.put(`${connectionPath(office)}/settings`, { settings });
  const { items } = await office.admin.get<{ items: { id: string; callback_url?: string }[] }>('/v1/providers');
  await salesforce.registerCallback(items.find(({ id }) => id === 'improveit360')!.callback_url!);
  const page = await authorizeInBrowser(office, 'allow');
  if (page.status !== 200) throw new Error(page.text);
  return office;
}

async function firstRun(office: Office): Promise<TimedRun> {
  return until(
    'the first poll to end',
    async () => {
      const { items } = await office.admin.get<{ items: TimedRun[] }>(`${connectionPath(office)}/syncs?limit=20`);
      if (items.some(({ state }) => state === 'failed')) throw new Error(JSON.stringify(items[0]?.error));
      return items.find(({ state }) => state === 'done');
    },
    60_000,
  );
}

async function timed(office: Office): Promise<TimedRun> {
  return (await syncNow(office)) as TimedRun;
}

const secondsOf = ({ started_at: from, ended_at: to }: TimedRun) => (Date.parse(to) - Date.parse(from)) / 1000;

function figureOf(run: TimedRun): string {
  const taken = secondsOf(run);
  return `${run.fetched} read, ${run.changed} published in ${taken.toFixed(2)} s = ${Math.round(run.fetched / taken)} records/s, ${run.vendor_calls} calls`;
}

/** The rows of the same appointments, paged by undici alone. */
async function bareQuery({ url, token }: Salesforce): Promise<{ rows: number; pages: number; seconds: number }> {
  const pool = new Pool(url);
  let rows = 0;
  let pages = 0;
  const fields =
    'Id, SystemModstamp, i360core__Sales_Rep_1__c, i360core__Contact_Name__c, i360core__Contact_Email__c, i360core__Contact_Phone__c, i360core__Street_Address__c, i360core__City__c, i360core__State_Province__c, i360core__Zip_Postal_Code__c, i360core__Appointment_Date_Time__c';
  const soql = `SELECT ${fields}, (SELECT i360core__Sales_Opportunity__r.Id, i360core__Sales_Opportunity__r.Name FROM i360core__Sales_Appointment_Opportunities__r) FROM i360core__Sales_Appointment__c`;
  const taken = await seconds(async () => {
    let path: string | undefined = `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    while (path !== undefined) {
      const answer = await pool.request({ path, method: 'GET', headers: { authorization: `Bearer ${token}` } });
      const page = (await answer.body.json()) as { records: unknown[]; nextRecordsUrl?: string };
      rows += page.records.length;
      pages += 1;
      path = page.nextRecordsUrl;
    }
  });
  await pool.close();
  return { rows, pages, seconds: taken };
}
