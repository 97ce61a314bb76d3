/** One field of the form, by its name in a lead. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'email' | 'tel' | 'area';
  /** As browsers know it: they fill in what people allow. */
  readonly autocomplete: string;
  readonly most: number;
  readonly hint?: string;
  /** Two short ones share a line. */
  readonly half?: boolean;
}

const text = { kind: 'text', most: 255 } as const;

export const formFields: readonly FormField[] = [
  { ...text, name: 'first_name', label: 'First name', autocomplete: 'given-name', half: true },
  { ...text, name: 'last_name', label: 'Last name', autocomplete: 'family-name', half: true },
  { ...text, name: 'company_name', label: 'Company (optional)', autocomplete: 'organization' },
  { ...text, name: 'email', label: 'E-mail', kind: 'email', autocomplete: 'email', half: true },
  {
    ...text,
    ...{ name: 'phone', label: 'Phone', kind: 'tel', autocomplete: 'tel', half: true },
    hint: 'An e-mail address or a phone number is enough.',
  },
  { ...text, name: 'line_1', label: 'Street (optional)', autocomplete: 'address-line1' },
  { ...text, name: 'city', label: 'City (optional)', autocomplete: 'address-level2', half: true },
  { ...text, name: 'state', label: 'State (optional)', autocomplete: 'address-level1', half: true, most: 60 },
  { ...text, name: 'postal_code', label: 'ZIP code (optional)', autocomplete: 'postal-code', half: true, most: 20 },
  { name: 'notes', label: 'How can we help?', kind: 'area', autocomplete: 'off', most: 3000 },
];

/** People do not see it; who fills in whatever is there does. */
export const honeypot = 'website';
/** Where the sealed ticket lies in a posted form. */
export const ticketField = 'form_ticket';
