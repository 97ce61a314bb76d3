import { variables } from '../platform/variables.ts';

// prettier-ignore
export const appendedByAddLead = variables([
  ['outcome', 'Outcome', 'string', 'Integration outcome (success, failure, or error)'],
  ['reason',  'Reason',  'string', 'If outcome is error, the error reason'],
  ['lead_id', 'Lead Id', 'string', 'The ID of the lead created by LeadPerfection'],
]);

// prettier-ignore
export const appendedByCreateLead = variables([
  ['outcome', 'Outcome', 'string', 'Did LeadPerfection accept this lead?'],
  ['reason',  'Reason',  'string', 'If the outcome is a failure, this is the reason'],
]);

// prettier-ignore
export const appendedByFeedback = variables([
  ['lead.id', 'Id',      'string', 'The lead identifier that the source should reference'],
  ['outcome', 'Outcome', 'string', 'The outcome of the transaction (default is success)'],
  ['reason',  'Reason',  'string', 'If the outcome was a failure, this is the reason'],
  ['price',   'Price',   'number', 'The price of the lead'],
]);
