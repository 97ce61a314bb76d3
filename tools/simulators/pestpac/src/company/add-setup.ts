import type { Fields } from '../records/value.ts';
import type { Company } from './company.ts';
import { filled } from '../records/filled.ts';
import { SETUP_FIELDS } from '../tables/service-fields.ts';
import { addOrder } from './add-order.ts';
import { announce } from './announce.ts';

/** Keeps a new recurring service, its fields already read, and its first visit when one was asked for. */
export function addSetup(company: Company, given: Fields): Fields {
  const { setups } = company.books;
  const initial = given['CreateInitialServiceOrder'] === true ? (given['InitialServiceOrder'] as Fields) : null;
  const AnnualValue = oneVisit(given) * visitsPerYear(company, given);
  const row = setups.add({
    ...filled(SETUP_FIELDS, { ...given, Active: given['Active'] ?? true }),
    HasInitialService: initial !== null,
    InitialOrderID: null,
    AnnualValue,
    FirstYearValue: AnnualValue + Number(initial?.['SubTotal'] ?? 0),
  });
  const SetupID = row['SetupID'] as number;
  const order = initial && addOrder(company, firstVisit(given, initial, SetupID));
  const whole = order ? setups.put(SetupID, { ...row, InitialOrderID: order['OrderID'] ?? null }) : row;
  announce(company, { entity: 'Service Setup', action: 'Create', row: whole, idName: 'SetupID' });
  return whole;
}

function firstVisit(given: Fields, initial: Fields, SetupID: number): Fields {
  const { WorkDate = null, Duration = 0, TimeRange = '', Route = '', Locked = false } = initial;
  const line = { ServiceCode: initial['ServiceCode'] ?? '', UnitPrice: initial['SubTotal'] ?? 0, Quantity: 1 };
  const { LocationID = 0, Division = '', Source = '' } = given;
  const own = { LocationID, Division, Source, SetupID, Initial: true, OrderType: 'ServiceOrder', LineItems: [line] };
  return { ...own, WorkDate, Duration, TimeRange, Route, Locked };
}

function oneVisit(given: Fields): number {
  const lines = (given['LineItems'] ?? []) as Fields[];
  return lines.reduce((sum, line) => sum + Number(line['UnitPrice'] ?? 0) * Number(line['Quantity'] ?? 1), 0);
}

function visitsPerYear({ lookups }: Company, given: Fields): number {
  const schedule = lookups.Schedules.find((one) => one['Code'] === given['Schedule']);
  const frequency = lookups.Frequencies.find((one) => one['Code'] === schedule?.['Frequency']);
  return Number(frequency?.['TimesPerYear'] ?? 0);
}
