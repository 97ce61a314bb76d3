import type { ObjectDefinition } from './definition.ts';
import { CONTENT_DOCUMENT, CONTENT_DOCUMENT_LINK, CONTENT_VERSION } from './objects/content.ts';
import { SALES_APPOINTMENT } from './objects/sales-appointment.ts';
import { ADDRESS, SALE, SALES_APPOINTMENT_OPPORTUNITY, SALES_OPPORTUNITY, STAFF } from './objects/sales.ts';
import { ACCOUNT, CONTACT, USER } from './objects/standard.ts';

/** What the simulated org consists of when nothing else is asked for. */
export const DEFAULT_OBJECTS: readonly ObjectDefinition[] = [
  USER,
  ACCOUNT,
  CONTACT,
  CONTENT_DOCUMENT,
  CONTENT_VERSION,
  CONTENT_DOCUMENT_LINK,
  STAFF,
  ADDRESS,
  SALES_APPOINTMENT,
  SALES_OPPORTUNITY,
  SALES_APPOINTMENT_OPPORTUNITY,
  SALE,
];
