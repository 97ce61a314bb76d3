import type { Fields } from '../records/value.ts';
import type { Company } from './company.ts';
import { addCard } from './add-card.ts';

/** An address where the customer adds a card without anybody else seeing it. */
export function openLink(company: Company, billToId: number): string {
  const key = company.newKey();
  company.books.links.set(key, billToId);
  return `${company.url}/ePay/${key}`;
}

/** What the customer does behind the link: an invented card is stored. Null when nobody was given this link. */
export function payByLink(company: Company, key: string): Fields | null {
  const BillToID = company.books.links.get(key);
  const billTo = BillToID === undefined ? undefined : company.books.billTos.get(BillToID);
  if (BillToID === undefined || !billTo) return null;
  const name = `${String(billTo['FirstName'])} ${String(billTo['LastName'])}`.trim() || String(billTo['Company']);
  return addCard(company, {
    BillToID,
    CardToken: `sim_tok_${company.newKey()}`,
    CreditCardType: 'MasterCard',
    NameOnCard: name.slice(0, 35),
    MaskedAccountNumber: 'XXXXXXXXXXXX4444',
    ExpirationDate: `${Number(company.clock.today().slice(0, 4)) + 2}-11-01T00:00:00`,
  });
}
