import { code, codeWhere, flag, type Line, number, text } from './field.ts';

/** What the company calls a unit of work, of either kind of service. */
export const orderTypes = [
  'ServiceOrder',
  'Production',
  'CallBack',
  'Estimate',
  'CreditMemo',
  'NotServiced',
  'Commission',
  'Invoice',
  'Other',
  'None',
] as const;

export const setupTypes = [
  'ServiceOrder',
  'Production',
  'Split',
  'Each',
  'Invoice',
  'PaymentPlan',
  'CreditCard',
  'Renewal',
  'Warranty',
  'Other',
  'ProductionProgram',
  'None',
] as const;

/** What the run or the Sales Center gives, and never a lead. */
export const salesCenter = 'It belongs to the Sales Center.';
export const unpublished = 'What PestPac takes here is not published.';

const row = { rows: 9 };

/** What is sold, up to nine rows. */
export const lineItems: readonly Line[] = [
  code('LineItems[n].ServiceCode', 'Services', { ...row, max: 15 }),
  text('LineItems[n].Description', undefined, row),
  number('LineItems[n].Cost', row),
  number('LineItems[n].UnitPrice', row),
  number('LineItems[n].Quantity', row),
  flag('LineItems[n].Taxable', row),
  text('LineItems[n].GLCode', 10, row),
];

/** Who comes. The row is the position, 1 to 5. */
export const technicians: readonly Line[] = [
  codeWhere('Technicians[n].Code', { list: 'Employees', allows: () => true }, { rows: 5 }),
  number('Technicians[n].Share', { rows: 5 }),
];
