import { HubError } from '@occ-hub/errors';
import type { VendorIds } from '@occ-hub/provider-kit';
import type { Card } from '../records.ts';
import { cardBody } from '../transfer/bodies.ts';
import { type Run, numberOf } from './run.ts';

/**
 * Lists the customer's cards, adds the one that came along unless PestPac has it, and links it to the recurring service
 * of this run. Without a card in the disposition it only lists.
 */
export async function cardOf(run: Run, ids: { billTo: number; setup: number | undefined }): Promise<VendorIds> {
  const { write, facts } = run;
  const listed = await write.step('list-cards', { repeatable: true, do: () => listCards(run, ids.billTo) });
  if (facts.card === undefined) return listed;
  const card = listed['card_id'] === undefined ? await addCard(run, ids.billTo) : listed;
  if (ids.setup === undefined) return { ...listed, ...card };
  return { ...listed, ...card, ...(await linkCard(run, { setup: ids.setup, card: numberOf(card, 'card_id') })) };
}

async function listCards(run: Run, billTo: number): Promise<VendorIds> {
  const cards = await run.write.client.cards(billTo);
  return { cards: String(cards.length), ...idOfSame(run, cards) };
}

function addCard(run: Run, billTo: number): Promise<VendorIds> {
  const { write, ready } = run;
  return run.make('add-card', {
    find: async () => idOfSame(run, await write.client.cards(billTo)),
    async do() {
      const body = cardBody(ready, { billTo, token: await tokenOf(run) });
      return { card_id: String((await write.client.addCard(billTo, body)).CardID) };
    },
  });
}

/** The card that came along, as far as PestPac shows cards: brand, last four digits and expiry. */
function idOfSame({ ready, facts }: Run, cards: readonly Card[]): VendorIds | undefined {
  const brand = String(ready.values.Card?.['CreditCardType']).toLowerCase();
  const same = cards.find(
    (card) =>
      card.brand.toLowerCase() === brand && card.last4 === facts.card?.last4 && card.expiry === facts.card.expiry,
  );
  return same === undefined ? undefined : { card_id: String(same.CardID) };
}

function linkCard({ write, ready }: Run, { setup, card }: { setup: number; card: number }): Promise<VendorIds> {
  return write.step('link-card', {
    repeatable: true,
    async do() {
      await write.client.linkCard({ setup, card, ...ready.link });
      return { linked_card_id: String(card) };
    },
  });
}

async function tokenOf({ write }: Run): Promise<string> {
  const { sealed } = write.data;
  const token = sealed === undefined ? undefined : (await write.unseal(sealed))['token'];
  if (token !== undefined) return token;
  const message = 'The card of this disposition came without its token. Send the customer a payment link instead.';
  throw new HubError({ kind: 'unreadable', code: 'pestpac.card-token-missing', message });
}
