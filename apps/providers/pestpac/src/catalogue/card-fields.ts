import { closed, date, flag, of, text } from './field.ts';

const withCard = 'It comes with the card of the disposition, never from a lead.';

/** `POST /BillTos/{id}/paymentAccounts`, and what is said when the card is linked to a service. No field takes a card number. */
export const cardFields = of('Card', [
  closed('BillToID', 'integer', 'The run knows it.'),
  closed('SetupID', 'integer', 'The run links the card after both stand.'),
  flag('AutoBill', { otherwise: 'false' }),
  closed('CardToken', 'text', withCard),
  closed('CreditCardType', 'enum', withCard),
  text('NameOnCard', 35, { otherwise: 'the name that comes with the card' }),
  closed('MaskedAccountNumber', 'text', withCard),
  closed('ExpirationDate', 'date', withCard),
  date('AutoBillEndDate'),
]);
