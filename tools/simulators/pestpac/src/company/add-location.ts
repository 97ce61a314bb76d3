import type { Fields } from '../records/value.ts';
import type { Company } from './company.ts';
import { filled } from '../records/filled.ts';
import { LOCATION_FIELDS, BILL_TO_FIELDS } from '../tables/location-fields.ts';
import { addBillTo } from './add-bill-to.ts';
import { branchIdOf } from './branch-id.ts';

/** Keeps a new location, its fields already read. Without a BillTo a matching one is created at the same time. */
export function addLocation(company: Company, given: Fields): Fields {
  const { locations } = company.books;
  const BillToID = given['BillToID'] ?? addBillTo(company, billToOf(company, given))['BillToID'] ?? 0;
  const LocationCode = String(204_601 + locations.size);
  return locations.add({ LocationCode, ...derived(company, given), ...filled(LOCATION_FIELDS, given), BillToID });
}

/** What a location has because of its codes. */
export function derived(company: Company, given: Fields): Fields {
  const type = company.lookups.Types.find((one) => one['Code'] === given['Type']);
  const tax = company.lookups.TaxCodes.find((one) => one['Code'] === given['TaxCode']);
  return {
    BranchID: branchIdOf(company, given['Branch']),
    AccountType: type?.['AccountType'] ?? 'Unknown',
    TaxRate: tax?.['TaxRate'] ?? 0,
  };
}

function billToOf(company: Company, given: Fields): Fields {
  const names = BILL_TO_FIELDS.map((field) => field.name).filter((name) => name in given && name !== 'Type');
  const own = Object.fromEntries(names.map((name) => [name, given[name] ?? null]));
  const type = company.lookups.Types.find((one) => one['Code'] === given['Type']);
  const Type = given['BillToType'] || (type?.['AllowOn'] === 'Both' ? (given['Type'] ?? '') : '');
  return { ...own, Type };
}
