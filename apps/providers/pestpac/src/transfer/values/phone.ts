/** A phone number as PestPac takes it. */
export interface Phone {
  /** Ten digits of a number of the US or Canada. */
  readonly digits: string;
  readonly extension?: string;
}

const extensionWords = /\s*(?:;?\s*ext(?:ension|n)?\.?|x|#)\s*[:.=]?\s*(\d{1,10})\s*$/i;
const onlyPhoneCharacters = /^[\d\s().+/\-\u2010-\u2015\u00a0]+$/;

/** Reads a phone number of the US or Canada, with or without the leading 1, and its extension, without the marks that only say how it is written. Undefined where it is none. */
export function readPhone(given: string): Phone | undefined {
  const text = given.replace(/\p{Cf}/gu, '');
  const extension = extensionWords.exec(text);
  const number = extension ? text.slice(0, extension.index) : text;
  if (!onlyPhoneCharacters.test(number)) return undefined;
  const digits = number.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  if (!/^[2-9]\d{9}$/.test(digits)) return undefined;
  return { digits, ...(extension?.[1] === undefined ? {} : { extension: extension[1] }) };
}
