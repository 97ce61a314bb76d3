import type { Html } from '@occ-hub/simulator-stage';
import { button, html, tableCard } from '@occ-hub/simulator-stage';
import type { InboundLead, LeadState } from './inbound-lead.ts';
import type { PostingControl } from './posting-control.ts';

const SHOWN = 60;
const LOOKS: Readonly<Record<LeadState, string>> = { queued: '', added: 'good', merged: 'good', deleted: 'bad' };

/** The inbound queue for people: what was posted, what became of it, what the source was told. */
export function leadsTable(control: PostingControl): Html {
  const leads = control.leads();
  const queued = leads.filter((lead) => lead.state === 'queued').length;
  const { feedbackUrl, feedback } = control.posting();
  const told = feedbackUrl
    ? `Feedback as ${feedback.as} to ${feedbackUrl.split('?')[0]}.`
    : 'No feedback address is set.';
  return tableCard({
    title: 'Posted leads',
    hint: `${leads.length}, ${queued} in the queue. ${told}`,
    beside: queued > 0 && button({ label: 'Process the queue', method: 'POST', path: '/leads/process', body: {} }),
    columns: ['in1_id', 'Lead', 'SRS, log number, event', 'State', 'Feedback', ''],
    rows: leads.slice(-SHOWN).reverse().map(leadRow),
    empty: 'None yet. They arrive at /{client}/addlead and /batch/*.asp.',
  });
}

function leadRow(lead: InboundLead): Html {
  const { fields } = lead;
  return html`<tr>
    <td class="nowrap">
      ${lead.in1Id}
      <div class="sub">${lead.door}</div>
    </td>
    <td>
      ${fields.firstname} ${fields.lastname}
      <div class="sub">${fields.phone1} · ${fields.city} ${fields.state} ${fields.zip}</div>
    </td>
    <td class="mono cut" title="${lead.raw}">
      ${[fields.srs_id || 'no srs_id', fields.lognumber, fields.eventid].join(' · ')}
    </td>
    <td>
      <span class="badge ${LOOKS[lead.state]}">${lead.state}</span>
      <div class="sub">
        ${lead.killed?.text} ${lead.prospectId && `prospect ${lead.prospectId}, lead ${lead.leadNumber}`}
        ${lead.appointmentId && `, appointment ${lead.appointmentId}`} ${lead.life.dispo}
      </div>
    </td>
    <td>${lead.feedback.map(feedbackBadge)}</td>
    <td class="acts">${actions(lead)}</td>
  </tr>`;
}

function feedbackBadge({ kind, status, error, answer, fields }: InboundLead['feedback'][number]): Html {
  const look = status !== null && status < 300 ? 'good' : 'bad';
  const label = kind === 'verdict' ? `Method ${fields['Method']}` : fields['Dispo'];
  return html`<span class="badge ${look}" title="${error ?? answer}">${label} · ${status ?? 'no answer'}</span> `;
}

function actions(lead: InboundLead): Html[] {
  const press = (label: string, path: string, body: unknown): Html =>
    button({ label, method: 'POST', path, body, look: 'small' });
  if (lead.state === 'queued') {
    return [
      press('Process', '/leads/process', { in1Id: lead.in1Id }),
      press('Delete', '/leads/process', { in1Id: lead.in1Id, verdict: 'delete' }),
    ];
  }
  if (lead.state === 'deleted') return [];
  const path = `/leads/${lead.in1Id}/advance`;
  return [
    press('No demo', path, { dispo: 'No Demo', everGrossIssue: true }),
    press('Sold', path, {
      dispo: 'Sale',
      everSet: true,
      everGrossIssue: true,
      everDemo: true,
      sold: true,
      gross: 12_500,
    }),
  ];
}
