import { HubError } from '@occ-hub/errors';
import { type Endpoint, jsonAnswer } from '@occ-hub/provider-kit';
import type { PestPacClient } from './client.ts';
import type { Location } from './records.ts';
import { type Group, tenDigits } from './search.ts';
import type { Settings } from './settings.ts';

/** Who is at PestPac with this phone: customers (BillTos), each with all of its locations. */
export const locationsEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/locations',
  methods: ['GET'],
  scope: 'dispositions',
  async handle({ request, client }) {
    const phone = new URL(request.uri, 'http://localhost').searchParams.get('phone') ?? '';
    const digits = tenDigits(phone);
    if (digits === undefined) throw noPhone();
    return jsonAnswer(200, { customers: (await client.search([digits])).map(shown) });
  },
};

function shown({ billTo, matchedOn, locations }: Group) {
  return {
    bill_to_id: billTo.BillToID,
    ...whoAndWhere(billTo),
    matched_on: matchedOn,
    locations: locations.map((location) => ({
      ...{ location_id: location.LocationID, location_code: location.LocationCode, active: location.Active },
      ...{ branch: location.Branch, type: location.Type },
      ...whoAndWhere(location),
    })),
  };
}

function whoAndWhere(row: Group['billTo'] | Location) {
  return {
    ...{ company: row.Company, first_name: row.FirstName, last_name: row.LastName },
    ...{ address: row.Address, address_2: row.Address2, city: row.City, state: row.State, zip: row.Zip },
    ...{ phone: row.Phone, alternate_phone: row.AlternatePhone, mobile_phone: row.MobilePhone, email: row.EMail },
  };
}

function noPhone(): HubError {
  const message = 'Name a phone of the US or Canada: ?phone=413-555-0142.';
  return new HubError({ kind: 'unreadable', code: 'pestpac.phone-missing', message });
}
