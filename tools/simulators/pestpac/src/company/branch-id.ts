import type { Value } from '../records/value.ts';
import type { Company } from './company.ts';

/** The number of a branch known by its name; 0 for none. */
export function branchIdOf(company: Company, name: Value | undefined): number {
  const branch = company.lookups.Branches.find((one) => one['Name'] === name);
  return (branch?.['BranchID'] as number | undefined) ?? 0;
}
