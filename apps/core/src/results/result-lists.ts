import { lookupLists } from '@occ-hub/contracts';
import { z } from 'zod';
import { KeptEntry, type KeptLookups } from '../crm-lists/kept-lookups.ts';

/** What may be chosen as a result, and as a detail of one, as the CRM listed it last. Empty when it was never read. */
export interface ResultLists {
  readonly results: readonly KeptEntry[];
  readonly details: readonly KeptEntry[];
}

/** The lists for appointments, or for the opportunities of one. */
export function resultLists(lookups: KeptLookups, of: 'appointment' | 'opportunity'): ResultLists {
  const { appointmentResults, appointmentResultDetails, opportunityResults, opportunityResultDetails } = lookupLists;
  const [results, details] =
    of === 'appointment'
      ? [appointmentResults, appointmentResultDetails]
      : [opportunityResults, opportunityResultDetails];
  return { results: lookups[results] ?? [], details: lookups[details] ?? [] };
}

/** A result with the details that may stand with it. */
export const ResultOption = KeptEntry.extend({ details: z.array(KeptEntry) });
export type ResultOption = z.infer<typeof ResultOption>;

export const ResultOptions = z.object({ options: z.array(ResultOption) });

/** In the CRM's order, what is gone behind. */
export function resultOptions({ results, details }: ResultLists): ResultOption[] {
  return results.map((result) => ({ ...result, details: details.filter((detail) => standsWith(detail, result)) }));
}

/** A detail that names no result stands with any. */
export function standsWith(detail: KeptEntry, result: KeptEntry): boolean {
  return detail.result_id === undefined || detail.result_id === result.id;
}
