import type { ChoiceOption, Question } from '@occ-hub/provider-kit';
import type { BillTo, Location } from '../records.ts';
import type { SearchTerm } from '../transfer/transfer-types.ts';
import { fits } from '../transfer/fits.ts';
import type { Group } from '../search.ts';

/** More than anybody reads; a phone that is on more places is no person's. */
const mostOptions = 400;

/** What may be offered of what was found: what required terms rule out is not; what fits the optional ones best comes first. */
export function offered(groups: readonly Group[], terms: readonly SearchTerm[]): readonly Group[] {
  const rated = groups.map((group) => {
    const locations = group.locations
      .map((location) => ({ location, ...fits(terms, { ...location }) }))
      .filter((each) => each.offered)
      .toSorted((one, other) => other.score - one.score);
    const best = Math.max(0, ...locations.map(({ score }) => score));
    // A customer whose last location was deleted may still get a new one.
    const offers = locations.length > 0 || group.locations.length === 0;
    return { group: { ...group, locations: locations.map(({ location }) => location) }, best, offers };
  });
  return rated
    .filter(({ offers }) => offers)
    .toSorted((one, other) => other.best - one.best)
    .map(({ group }) => group);
}

const goneSince = 'What was chosen is not at PestPac any more. ';
const nothingLeft = 'Nothing was found any more. Create it anew?';

/** What a person may choose: a location that was found, a new one of a customer that was found, or a new customer. */
export function questionOf(
  groups: readonly Group[],
  { waitMinutes, again = false }: { waitMinutes: number; again?: boolean },
): Question {
  const found = groups.flatMap(({ billTo, locations, gone }) => {
    const group = { id: `billto:${billTo.BillToID}`, title: titleOf(billTo) };
    const added: ChoiceOption = { id: group.id, title: 'A new location of this customer', group };
    return [...locations.map((location) => optionOf(location, group)), ...(gone ? [] : [added])];
  });
  return {
    prompt: `${again ? goneSince : ''}${found.length === 0 ? nothingLeft : 'Which location is it?'}`,
    options: [...found.slice(0, mostOptions), { id: 'new', title: 'A new customer with a new location' }],
    expiresInMs: waitMinutes * 60_000,
  };
}

function optionOf(location: Location, group: { id: string; title: string }): ChoiceOption {
  const { LocationID, LocationCode, Active } = location;
  const details = {
    ...{ code: LocationCode, address: addressOf(location), branch: location.Branch, type: location.Type },
    ...{ phone: location.Phone, mobile: location.MobilePhone, alternate: location.AlternatePhone },
    ...(Active ? {} : { inactive: 'yes' }),
  };
  return {
    id: `location:${LocationID}`,
    title: `${titleOf(location)}, ${addressOf(location)}${Active ? '' : ' (inactive)'}`,
    group,
    details: Object.fromEntries(Object.entries(details).filter(([, text]) => text !== '')),
  };
}

function titleOf({ Company, FirstName, LastName }: BillTo | Location): string {
  const person = [FirstName, LastName].filter(Boolean).join(' ');
  return [person, Company].filter(Boolean).join(', ') || 'No name';
}

function addressOf({ Address, City, State, Zip }: Location): string {
  return [Address, City, [State, Zip].filter(Boolean).join(' ')].filter(Boolean).join(', ');
}

/** What was chosen. */
export type Chosen =
  { readonly what: 'location'; readonly location: number } | { readonly what: 'new'; readonly billTo?: number };

/** Reads the id of an option again. */
export function chosenOf(option: string): Chosen {
  const [kind, id] = option.split(':');
  if (kind === 'location') return { what: 'location', location: Number(id) };
  return kind === 'billto' ? { what: 'new', billTo: Number(id) } : { what: 'new' };
}
