import { describeProvider } from '@occ-hub/contracts';
import { HubError } from '@occ-hub/errors';
import { HttpProblem } from '@occ-hub/service';
import type { ConnectionStore } from '../connections/connection.store.ts';
import { refuseCardNumbers } from '../http/refuse-card-numbers.ts';
import { InJob } from '../http/params.ts';
import { type Route, route } from '../http/route.ts';
import type { JobStore } from '../jobs/job.store.ts';
import type { Occasion } from '../outbox/outbound-event.ts';
import type { AskProvider } from '../providers/ask-provider.ts';
import { found } from '../store/found.ts';
import { untilSaved } from '../store/until-saved.ts';
import { LeadView } from './lead.ts';
import { type LeadViewParts, leadViews } from './lead-views.ts';
import { leadOfSentJob, SendJob, sendJob } from './send-job.ts';

export interface SendJobRouteParts extends LeadViewParts {
  readonly jobs: JobStore;
  readonly connections: ConnectionStore;
  readonly askProvider: AskProvider;
  readonly occasion: () => Occasion;
  readonly wake: () => void;
}

export function sendJobRoutes(parts: SendJobRouteParts): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/orgs/{org}/jobs/{job}/leads',
      tag: 'Leads',
      summary: 'Hand a job to another CRM as a lead',
      access: ['org-user', 'org-admin'],
      creates: true,
      params: InJob,
      body: SendJob,
      replies: { 201: LeadView },
      handle: async ({ params, body, request }) => {
        refuseCardNumbers(request);
        return { status: 201, body: await send(parts, params, body) };
      },
    }),
  ];
}

async function send(parts: SendJobRouteParts, { org, job: id }: { org: string; job: string }, body: SendJob) {
  const { jobs, leads } = parts;
  const job = found(await jobs.find(org, id), 'job');
  const to = await receiver(parts, org, body.connection);
  if (to.provider === job.provider) throw itsOwn();
  const lead = await untilSaved(async () => {
    const held = await leads.find(org, leadOfSentJob(job, to.provider).id);
    const sent = sendJob(body, { job, to, held }, parts.occasion());
    return (await leads.submit(held, sent)) ? sent.lead : undefined;
  }, contended);
  parts.wake();
  return (await leadViews(parts, org, [lead]))[0];
}

async function receiver({ connections, askProvider }: SendJobRouteParts, org: string, connection: string) {
  const { provider } = found(await connections.find(org, connection), 'connection');
  const { job_door: door, title } = await askProvider(provider, describeProvider, {});
  if (door !== undefined) return { provider, connection, door };
  const message = `${title} takes no jobs of OCC's as leads. Choose a connection that does.`;
  throw refusal('not-taken', message);
}

function itsOwn(): HubError {
  return refusal('is-there', 'This job came from there. Choose another connection.');
}

function refusal(what: string, message: string): HubError {
  const fields = [{ pointer: '/connection', message: 'cannot take this job' }];
  return new HubError({ kind: 'rejected', code: `core.job.${what}`, message, fields });
}

function contended(): HttpProblem {
  const message = 'Others are sending this job at the same time. Look at it again and retry.';
  return new HttpProblem({ status: 409, code: 'core.job.contended', message });
}
