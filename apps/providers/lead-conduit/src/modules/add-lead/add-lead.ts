import type { HttpRequest, OutboundModule, Variable } from '../../platform/contract.ts';
import { readVariables } from '../../platform/variables.ts';
import { wireFields } from '../../platform/wire.ts';
import { textOf } from '../conversions.ts';
import { firstFault, nameCheck, phoneCheck, postalCodeCheck, sourceCheck } from '../lead-checks.ts';
import { type Hosts, vendorHosts } from '../hosts.ts';
import { appendedByAddLead } from '../appended.ts';
import { leadAnswer } from './answer.ts';
import { appointmentCheck } from './appointment.ts';
import { postedLead } from './posted-lead.map.ts';
import { addLeadDefaults, addLeadVariables } from './variables.ts';

const validate = firstFault([
  nameCheck('client_id', { required: true, example: 'acme' }),
  nameCheck('action', { required: false, example: 'addlead' }),
  postalCodeCheck,
  phoneCheck,
  sourceCheck({ required: true }),
  appointmentCheck,
]);

/** "Add Lead": JSON to LeadPerfection's posting host, which answers with a number in its queue. */
export function addLeadModule(hosts: Hosts = vendorHosts): OutboundModule {
  const request = (vars: unknown): HttpRequest => {
    const read = readVariables(vars, addLeadVariables, addLeadDefaults);
    const [client, action] = [textOf(read.client_id) ?? '', textOf(read.action) ?? 'addlead'].map(encodeURIComponent);
    return {
      url: `${hosts.posting}/${client}/${action}`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(Object.fromEntries(wireFields(postedLead, read))),
    };
  };
  return {
    validate,
    request: Object.assign(request, { variables: (): Variable[] => [...addLeadVariables] }),
    response: Object.assign(
      (_vars: unknown, _req: unknown, res: Parameters<OutboundModule['response']>[2]) => leadAnswer(res),
      {
        variables: (): Variable[] => [...appendedByAddLead],
      },
    ),
  };
}
