// Between words nothing or anything may stand: CardNumber, card_number, "Card #".
const parts: readonly RegExp[] = [
  /\b(credit|debit|cc|card|charge|amex|visa|mastercard)[a-z ]*(number|num|no|nbr|nr|pan|#)( |$)/,
  /^(the )?(credit|debit) ?cards?$/,
  /\bcc ?(number|num|no|#)?$/,
  /\bpan$/,
  /\b(cvv2?|cvc2?|cvn2?|cav2?|csc|cid)\b/,
  /\b(security|verification|validation|card) ?(security |verification |validation )?(code|value|digits)\b/,
  /\b(pin|pin ?(code|number|block))$/,
  /\b(track ?[12]?|mag ?(stripe|strip)|magnetic ?(stripe|strip))( data)?$/,
  /\b(routing|aba|bank account|checking account) ?(number|num|no|#)?$/,
];

/** Whether a field's name says that a card number, a security code or a bank account's number stands in it. */
export function looksLikeSecret(name: string): boolean {
  const words = name
    .normalize('NFKC')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\d#]+/gu, ' ')
    .toLowerCase()
    .trim();
  const squeezed = words.replace(/ /g, '');
  return parts.some((part) => part.test(words)) || /cardn(umber|um|o|br)$|c(vv2?|vc2?)$/.test(squeezed);
}
