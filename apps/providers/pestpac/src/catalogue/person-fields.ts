import { type Line, phone, text } from './field.ts';

/** Every way to call somebody; each has an extension. */
export const phoneFields: readonly Line[] = ['Phone', 'AlternatePhone', 'Fax', 'MobilePhone'].flatMap((name) => [
  phone(name),
  text(`${name}Extension`, 5, { otherwise: 'the extension that stands behind the number' }),
]);
