import type { AccountDefinition } from '../account/account.ts';
import type { SimulatorOptions } from '../settings.ts';
import { inventedClients } from './invented-clients.ts';
import { ODD_CLIENTS } from './odd-clients.ts';

const option = (key: string, display = key) => ({ key, display, order: null });

/** Two accounts of one group. What is true of the one is unknown to the other. */
export function inventedAccounts({ clients = 60, seed = 1 }: SimulatorOptions): AccountDefinition[] {
  return [
    {
      id: 77,
      name: 'Fernhill Tree Care',
      user: { email: 'api-user@example.com', token: 'simulated-token-fernhill' },
      operations: [
        { id: 41, name: 'Tree care' },
        { id: 42, name: 'PHC', display_name: 'Plant health care' },
        { id: 43, name: 'Snow removal', active: false },
      ],
      customInputs: [
        {
          id: 501,
          name: 'Lead Source',
          input_type: 'dropdown',
          required: true,
          dropdown_options: [
            ...['Email', 'Mailer', 'Phone', 'Website'].map((key) => option(key)),
            option('partner', 'Partner site'),
          ],
        },
        { id: 502, name: 'Source reference' },
        { id: 503, name: 'Gate code', resource_type: 'client' },
      ],
      clients: [...ODD_CLIENTS, ...inventedClients(clients, seed)],
    },
    {
      id: 78,
      name: 'Fernhill Lawn',
      user: { email: 'api-user-lawn@example.com', token: 'simulated-token-lawn' },
      zone: 'America/Chicago',
      operations: [{ id: 61, name: 'Lawn care' }],
      customInputs: [
        {
          id: 701,
          name: 'Lead Source',
          input_type: 'dropdown',
          dropdown_options: [option('Website'), option('Referral')],
        },
      ],
      clients: [
        { id: 9500, first_name: 'Odell', last_name: 'Marsh', email: 'odell@example.com', phone: '312-555-0101' },
      ],
    },
  ];
}
