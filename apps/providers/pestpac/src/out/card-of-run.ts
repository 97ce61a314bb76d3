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
  const { facts } = run;
  const { listed, card } = await run.write.alone(`cards-of/${ids.billTo}`, () => cardOnFile(run, ids.billTo));
  if (facts.card === undefined) return listed;
  if (ids.setup === undefined) return { ...listed, ...card };
  return { ...listed, ...card, ...(await linkCard(run, { setup: ids.setup, card: numberOf(card, 'card_id') })) };
}

/** The customer's cards, with the one that came along. Two runs that bring the same one at once add it once. */
async function cardOnFile(run: Run, billTo: number): Promise<{ listed: VendorIds; card: VendorIds }> {
  let asked = false;
  const listed = await run.write.step('list-cards', {
    repeatable: true,
    async do() {
      asked = true;
      return listCards(run, billTo);
    },
  });
  if (run.facts.card === undefined || listed['card_id'] !== undefined) return { listed, card: listed };
  return { listed, card: await addCard(run, { billTo, lookAgain: !asked }) };
}

async function listCards(run: Run, billTo: number): Promise<VendorIds> {
  const cards = await run.write.client.cards(billTo);
  return { cards: String(cards.length), ...idOfSame(run, cards) };
}

function addCard(run: Run, { billTo, lookAgain }: { billTo: number; lookAgain: boolean }): Promise<VendorIds> {
  const { write, ready } = run;
  const find = async () => idOfSame(run, await write.client.cards(billTo));
  return run.make('add-card', {
    find,
    async do() {
      // Another run may have added it since the list was read.
      const same = lookAgain ? await find() : undefined;
      if (same !== undefined) return same;
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
