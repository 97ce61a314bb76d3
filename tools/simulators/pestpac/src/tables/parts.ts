import type { Field } from '../records/field.ts';
import { amount, choice, flag, int, list, maybeAmount, maybeInt, person, text, code } from '../records/field.ts';

/** `FieldNum` and `Description` are marked required by the API description, but clients send Caption and Value only. */
export const userDefinedFields: Field = list('UserDefinedFields', [
  maybeInt('FieldNum'),
  text('Caption', undefined, { required: true, reference: { list: 'UserDefFields', by: 'Caption' } }),
  text('Description'),
  text('Value'),
]);

export const technicians: Field = list('Technicians', [
  int('Position', { required: true }),
  { ...person('Code'), required: true },
  maybeAmount('Share'),
]);

const lineItem: readonly Field[] = [
  code('ServiceCode', 'Services', { max: 15 }),
  text('Description'),
  amount('Cost'),
  amount('UnitPrice'),
  amount('Quantity'),
  flag('Taxable'),
  text('GLCode', 10),
];

export const orderLineItems: Field = list('LineItems', [...lineItem, maybeInt('ServiceId')], { required: true });
export const setupLineItems: Field = list('LineItems', [
  ...lineItem,
  amount('ExtendedPrice'),
  text('LocationState'),
  flag('UpdateBillingAmount'),
  maybeInt('BillingAmountRoundingPrecision'),
]);

export const ORDER_TYPES = [
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

export const setupType: Field = choice('SetupType', [
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
]);
