import type { HttpRequest, OutboundModule, Variable } from '../../platform/contract.ts';
import { mask } from '../../platform/mask.ts';
import { valueAt } from '../../platform/paths.ts';
import { plainOf } from '../../platform/typed-value.ts';
import { readVariables } from '../../platform/variables.ts';
import { wireFields } from '../../platform/wire.ts';
import { appendedByCreateLead } from '../appended.ts';
import { textOf } from '../conversions.ts';
import { type Hosts, vendorHosts } from '../hosts.ts';
import { firstFault, nameCheck, phoneCheck, postalCodeCheck, sourceCheck } from '../lead-checks.ts';
import { addleadsForm } from './addleads.map.ts';
import { pageAnswer } from './answer.ts';
import { leadForm } from './lead-form.map.ts';
import { createLeadDefaults, createLeadVariables } from './variables.ts';

const usualAction = 'LeadFormExtraFields';
const actionOf = (vars: unknown) => textOf(plainOf(valueAt(vars, 'leadperfection.action'))) ?? usualAction;
const isAddleads = (vars: unknown) => actionOf(vars).toLowerCase() === 'addleads';

const validate = firstFault([
  nameCheck('leadperfection.subdomain', { required: true, example: 'acme' }),
  nameCheck('leadperfection.action', { required: false, example: usualAction }),
  postalCodeCheck,
  phoneCheck,
  // The forms know their source by their campaign; addleads.asp has nothing else to know it by.
  (vars) => sourceCheck({ required: isAddleads(vars) })(vars),
]);

/** "Create Lead", deprecated: a form for one of LeadPerfection's classic pages. The password is masked on `vars` afterwards. */
export function createLeadModule(hosts: Hosts = vendorHosts): OutboundModule {
  const request = (vars: unknown): HttpRequest => {
    const read = readVariables(vars, createLeadVariables, createLeadDefaults);
    const fields = wireFields(isAddleads(vars) ? addleadsForm : leadForm, read);
    const host = hosts.pages(encodeURIComponent(textOf(read['leadperfection.subdomain']) ?? ''));
    const built: HttpRequest = {
      url: `${host}/batch/${encodeURIComponent(actionOf(vars))}.asp`,
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html, text/plain' },
      body: new URLSearchParams(fields).toString(),
    };
    mask(vars, 'leadperfection.password');
    return built;
  };
  const response: OutboundModule['response'] = Object.assign(
    (_vars: unknown, req: unknown, res: Parameters<OutboundModule['response']>[2]) => pageAnswer(res, secretsIn(req)),
    { variables: (): Variable[] => [...appendedByCreateLead] },
  );
  return {
    validate,
    request: Object.assign(request, { variables: (): Variable[] => [...createLeadVariables] }),
    response,
  };
}

// The variables are masked by now; what was sent is not.
function secretsIn(req: unknown): string[] {
  const body = valueAt(req, 'body');
  return typeof body === 'string' ? new URLSearchParams(body).getAll('txtPassword') : [];
}
