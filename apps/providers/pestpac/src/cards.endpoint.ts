import { HubError } from '@occ-hub/errors';
import { type Endpoint, jsonAnswer } from '@occ-hub/provider-kit';
import { z } from 'zod';
import { bodyOf } from './body-of.ts';
import type { PestPacClient } from './client.ts';
import type { Settings } from './settings.ts';

const BillToId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** The cards of a customer, as far as anybody may see them. */
export const cardsEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/cards',
  methods: ['GET'],
  scope: 'cards',
  async handle({ request, client }) {
    const asked = BillToId.safeParse(new URL(request.uri, 'http://localhost').searchParams.get('bill_to'));
    if (!asked.success) throw noBillTo();
    const cards = await client.cards(asked.data);
    return jsonAnswer(200, {
      cards: cards.map(({ CardID, brand, last4, expiry, name, primary }) => ({
        ...{ card_id: CardID, brand, last4, expiry, name, primary },
      })),
    });
  },
};

const LinkAsk = z.strictObject({ bill_to: z.int().positive() });

/** An address where the customer enters a card at PestPac's. Whoever has it can: it is answered, and kept nowhere. */
export const paymentLinkEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/payment-links',
  methods: ['POST'],
  scope: 'cards',
  callsPerMinute: 30,
  async handle({ request, client }) {
    const { bill_to: billTo } = bodyOf(request, LinkAsk);
    return jsonAnswer(201, { url: await client.paymentLink(billTo) });
  },
};

function noBillTo(): HubError {
  const message = "Name a customer by PestPac's number: ?bill_to=70012.";
  return new HubError({ kind: 'unreadable', code: 'pestpac.bill-to-missing', message });
}
