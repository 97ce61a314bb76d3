import { valueAt } from '../platform/paths.ts';
import { plainOf, textKept, validityOf } from '../platform/typed-value.ts';
import { postalCodeIn, tenDigitsOf, textOf } from './conversions.ts';

/** Each check looks at the raw variables and gives a sentence, or nothing. None throws. */
type Check = (vars: unknown) => string | undefined;

/** The first complaint of several checks. */
export function firstFault(checks: readonly Check[]): Check {
  return (vars) => {
    for (const check of checks) {
      const fault = check(vars);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

/** The postal code must be there and be one. What LeadConduit itself found valid is believed, whatever its country. */
export const postalCodeCheck: Check = (vars) => {
  const given = valueAt(vars, 'lead.postal_code');
  if (textOf(plainOf(given)) === undefined) return 'postal_code must not be blank';
  const valid = validityOf(given) ?? postalCodeIn(plainOf(given)) !== undefined;
  return valid ? undefined : 'postal_code must be a postal code, such as 21220 or 21220-0143';
};

/** The first phone must be there and have ten digits. */
export const phoneCheck: Check = (vars) => {
  const given = valueAt(vars, 'lead.phone_1');
  if (textOf(plainOf(given)) === undefined) return 'phone_1 must not be blank';
  const valid = validityOf(given) !== false && tenDigitsOf(plainOf(given)) !== undefined;
  return valid ? undefined : 'phone_1 must be a phone number of ten digits';
};

/** LeadPerfection takes a blank or zero source id without a word, and makes a lead without a source that nobody can mend. */
export function sourceCheck({ required }: { required: boolean }): Check {
  return (vars) => {
    const id = textOf(textKept(valueAt(vars, 'lead.srs_id')));
    if (id === undefined) return required ? 'srs_id must not be blank' : undefined;
    return Number(id) === 0
      ? 'srs_id must not be zero: LeadPerfection would take the lead without a source'
      : undefined;
  };
}

const plainName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** A name that becomes part of the vendor's address: letters, digits, `-` and `_` alone. */
export function nameCheck(path: string, facts: { readonly required: boolean; readonly example: string }): Check {
  return (vars) => {
    const name = textOf(plainOf(valueAt(vars, path)));
    if (name === undefined) return facts.required ? `${path} must not be blank` : undefined;
    return plainName.test(name) ? undefined : `${path} must be a name alone, such as ${facts.example}, and no address`;
  };
}
