import type { Account } from '../account/account.ts';
import type { Switches } from '../settings.ts';
import type { WantedLead } from './job-body.ts';
import { belongsToLead } from '../account/custom-input.ts';
import { isBlank } from './limited-text.ts';

/** Everything the account has against a lead, in the vendor's manner of speaking; empty when it may be made. */
export function checkLead(wanted: WantedLead, account: Account, switches: Switches): string[] {
  const operation = account.operations.get(wanted.operationId);
  return [
    ...(operation?.active ? [] : ['Operation must exist']),
    ...(account.visitStages.includes(wanted.visitStageId) ? [] : ['Visit stage must exist']),
    ...checkWho(wanted, account),
    ...wanted.customFieldValues.flatMap((one) => checkValue(one, wanted, account)),
    ...(switches.enforceRequiredCustomInputs ? missingValues(wanted, account) : []),
    ...(wanted.taskWanted && !wanted.task ? ['Task must exist'] : []),
  ];
}

function checkWho({ clientId, portalLead }: WantedLead, account: Account): string[] {
  if (clientId !== null && portalLead) return ['Client and portal lead exclude each other'];
  if (portalLead) {
    const { first_name, last_name, company_name, email, phone, mobile } = portalLead;
    return [
      ...([first_name, last_name, company_name].every(isBlank) ? ["Name and company can't both be blank"] : []),
      ...([email, phone, mobile].every(isBlank) ? ['Email, phone or mobile must be given'] : []),
    ];
  }
  const client = clientId === null ? undefined : account.clients.get(clientId);
  if (!client) return ['Client must exist'];
  return client.merged_to_client_id === null ? [] : ['Client has been merged'];
}

type Value = WantedLead['customFieldValues'][number];

function checkValue({ custom_input_id: id, value }: Value, wanted: WantedLead, account: Account): string[] {
  const input = account.customInputs.get(id);
  if (!input || !belongsToLead(input, wanted.operationId)) return ['Custom input must exist'];
  const isOption = input.dropdown_options.some(({ key }) => key === value);
  return input.input_type === 'dropdown' && value !== '' && !isOption
    ? [`${input.name} is not included in the list`]
    : [];
}

function missingValues(wanted: WantedLead, account: Account): string[] {
  const given = new Set(
    wanted.customFieldValues.filter(({ value }) => !isBlank(value)).map(({ custom_input_id: id }) => id),
  );
  return [...account.customInputs.values()]
    .filter((input) => input.required && belongsToLead(input, wanted.operationId) && !given.has(input.id))
    .map(({ name }) => `${name} can't be blank`);
}
