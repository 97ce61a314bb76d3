import type { Fields } from '../records/value.ts';
import type { Company } from './company.ts';
import { filled } from '../records/filled.ts';
import { BILL_TO_FIELDS } from '../tables/location-fields.ts';
import { branchIdOf } from './branch-id.ts';

/** Keeps a new BillTo, its fields already read, and gives the whole record. */
export function addBillTo(company: Company, given: Fields): Fields {
  const { billTos } = company.books;
  const row = filled(BILL_TO_FIELDS, given);
  const BillToCode = String(104_511 + billTos.size);
  return billTos.add({ BillToCode, BranchID: branchIdOf(company, row['Branch']), ...row });
}
