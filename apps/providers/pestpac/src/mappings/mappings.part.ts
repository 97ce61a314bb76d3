import type { FieldFault } from '@occ-hub/errors';
import { defineConfiguration } from '@occ-hub/provider-kit';
import { fieldPath } from '../catalogue/catalogue.ts';
import type { Codes, KnowsCodes } from '../catalogue/codes.ts';
import { readValue } from '../transfer/values/read-value.ts';
import { initialMappings } from './initial-mappings.ts';
import { mappingFaults } from './mapping-faults.ts';
import { type MappingRow, Mappings } from './mappings.ts';
import { mappingOffers } from './mapping-offers.ts';

/** What fills PestPac's fields. The seed's rules hold when it is saved, and again whenever something is transferred. */
export const mappingsPart = defineConfiguration<KnowsCodes, typeof Mappings>({
  name: 'mappings',
  title: 'Mapped fields',
  shape: Mappings,
  initial: initialMappings,
  check: async (rows, client) => {
    const faults = mappingFaults(rows).map(({ index, column, message }) => ({
      pointer: index === undefined ? '' : `/${index}${column ? `/${column}` : ''}`,
      message,
    }));
    // A code is asked for only where nothing else is wrong: the rows are named by their own fault first.
    return faults.length > 0 ? faults : fixedValueFaults(rows, (await client?.codes()) ?? {});
  },
  offers: async (client) => mappingOffers((await client?.codes()) ?? {}),
});

function fixedValueFaults(rows: readonly MappingRow[], codes: Codes): readonly FieldFault[] {
  return rows.flatMap((row, index) => {
    const field = fieldPath(row.category, row.pestpac_field)?.field;
    if (!field || row.value === undefined) return [];
    const read = readValue(field, row.value, { timeZone: 'utc', codes, tooLong: 'refuse' });
    return 'fault' in read ? [{ pointer: `/${index}/value`, message: `${row.pestpac_field} ${read.fault}.` }] : [];
  });
}
