import type { Call, Route } from '../api/route.ts';
import type { LookupName } from '../data/lookups.ts';
import type { Fields } from '../records/value.ts';
import { found, said } from '../api/answer.ts';
import { cut, route } from '../api/route.ts';
import { BRANCH_OF_ZIP, LOOKUP_NAMES } from '../data/lookups.ts';
import { refusal } from '../records/refusal.ts';

const TOP = { name: 'top', standard: 500 };
/** Parameters of the lists that keep only the rows with this very value. */
const FILTERS: readonly (readonly [parameter: string, field: string])[] = [
  ['serviceClass', 'ServiceClass'],
  ['username', 'Username'],
  ['emailAddress', 'Email'],
  ['defaultBranch', 'DefaultBranch'],
];

export const lookupRoutes: readonly Route[] = [
  ...LOOKUP_NAMES.filter((name) => name !== 'UserDefFields').map((name) =>
    route('GET', `/lookups/${name}`, (call) => found(cut(listed(call, name), call, TOP))),
  ),
  route('GET', '/lookups/Employees/tasks/users', (call) => {
    return found(listed(call, 'Employees').filter((one) => one['IsUser'] === true));
  }),
  route('GET', '/lookups/Branches/zip/{zip}', (call) => {
    const name = BRANCH_OF_ZIP[(call.params['zip'] ?? '').slice(0, 3)];
    const branch = call.company.lookups.Branches.find((one) => one['Name'] === name);
    return branch ? found(branch) : said(404, 'No branch was found for the zip code.');
  }),
  route('GET', '/lookups/TaxCodes/autoFill', (call) => {
    const city = call.query.text('city').toUpperCase();
    const code = call.company.lookups.TaxCodes.find((one) => one['Code'] === city);
    return code ? found(code) : said(404, 'No tax code was found for the address.');
  }),
  route('GET', '/UserDefFields/{type}', (call) => {
    const type = (call.params['type'] ?? '').toLowerCase();
    return found(call.company.lookups.UserDefFields.filter((one) => String(one['Entity']).toLowerCase() === type));
  }),
];

/** `active` is a text: true, false, or blank for all. */
function listed({ company, query }: Call, name: LookupName): Fields[] {
  const active = query.text('active').toLowerCase();
  if (!['', 'true', 'false'].includes(active))
    throw refusal(400, `The value '${active}' is not valid for active.`, 'active');
  const type = query.text('type').toLowerCase();
  return company.lookups[name]
    .filter((row) => active === '' || row['Active'] === (active === 'true'))
    .filter((row) => FILTERS.every(([parameter, field]) => isSame(row, field, query.text(parameter))))
    .filter((row) => name !== 'Employees' || type === '' || row[type === 'user' ? 'IsUser' : 'IsTech'] === true);
}

function isSame(row: Fields, field: string, wanted: string): boolean {
  return wanted === '' || !(field in row) || String(row[field]).toLowerCase() === wanted.toLowerCase();
}
