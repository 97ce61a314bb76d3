import { choice, closed, code, codeWhere, date, flag, integer, lines, number, of, text, typed } from './field.ts';
import { phoneFields } from './person-fields.ts';

const leadTypes = ['Lead', 'WebLead'];
const wonStatuses = ['New', 'Open', 'Hold', 'Won', 'Lost', 'Void', 'SoldAlternative', 'Unknown'];

/** `POST /Leads`, line by line. Address lines are longer than a location's, and the name is one field. */
export const leadFields = of('Lead', [
  closed('LocationID', 'integer', 'The run knows it.'),
  closed('CreateLocation', 'boolean', 'A lead is always created within a location.'),
  code('Branch', 'Branches', { max: 35 }),
  choice('LeadType', leadTypes, { otherwise: 'Lead' }),
  choice('WonStatus', wonStatuses, { otherwise: 'New' }),
  date('DateReceived', { otherwise: 'the moment of the transfer' }),
  date('DateClosed'),
  text('CloseReason', 10),
  text('Name', 35, { otherwise: 'first and last name' }),
  text('FirstName'),
  text('LastName'),
  text('Company', 35),
  text('Address', 35),
  text('Address2', 35),
  text('City', 20),
  typed('state', 'State', { max: 10 }),
  typed('zip', 'Zip', { max: 10 }),
  text('Country', 20),
  ...phoneFields,
  typed('email', 'EMail', { max: 200 }),
  codeWhere('LocationType', { list: 'Types', allows: (type) => type.allow_on !== 'BillTo' }, { max: 10 }),
  code('Source', 'Sources', { max: 10 }),
  number('LeadCost'),
  code('ServiceCode', 'Services', { max: 15 }),
  code('Salesperson', 'Employees', { max: 10 }),
  code('TargetPest', 'TargetPests', { max: 10 }),
  number('ProposalValue'),
  text('SalesStatus', 10),
  code('PendingEvent', 'SalesEvents', { max: 10 }),
  date('PendingEventDate'),
  text('TimeRange', 12),
  integer('Duration'),
  lines('Comment'),
  integer('MarchexCallID'),
  text('UserDefinedFields[caption]'),
  number('Latitude'),
  number('Longitude'),
  text('ReferredBy'),
  text('DiscountCode'),
  flag('DoNotGeocode'),
]);
