import type { Fields } from '../records/value.ts';
import type { Company } from './company.ts';

/** Keeps a tokenised card, its fields already read. The first card of a BillTo is its primary one. */
export function addCard(company: Company, given: Fields): Fields {
  const { cards, billTos } = company.books;
  const billTo = billTos.get(given['BillToID'] as number);
  return cards.add({
    BillToID: given['BillToID'] ?? 0,
    BranchID: billTo?.['BranchID'] ?? 0,
    Branch: billTo?.['Branch'] ?? '',
    AccountType: 'CreditCard',
    CreditCardType: given['CreditCardType'] ?? 'Unknown',
    NameOnCard: given['NameOnCard'] ?? '',
    AccountNumber: String(given['MaskedAccountNumber']).slice(-4),
    CardToken: given['CardToken'] ?? '',
    ExpirationDate: given['ExpirationDate'] ?? null,
    IsPrimary: cards.where('BillToID', given['BillToID'] ?? 0).length === 0,
    AutoBilledServices: [],
    AccountUpdater: false,
  });
}
