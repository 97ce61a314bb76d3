/** One field of the form, by its name in a lead. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'email' | 'tel' | 'area';
  /** As browsers know it: they fill in what people allow. */
  readonly autocomplete: string;
  readonly most: number;
  /** Short ones share a line, where there is room. */
  readonly width?: 'half' | 'third';
  /** What is said of it, by the name of a hint. */
  readonly hint?: keyof typeof hints;
}

/** Said once, before the first field that it is about. */
export const hints = { contact: 'An e-mail address or a phone number is enough.' } as const;

const text = { kind: 'text', most: 255 } as const;

export const formFields: readonly FormField[] = [
  { ...text, name: 'first_name', label: 'First name', autocomplete: 'given-name', width: 'half' },
  { ...text, name: 'last_name', label: 'Last name', autocomplete: 'family-name', width: 'half' },
  { ...text, name: 'company_name', label: 'Company (optional)', autocomplete: 'organization' },
  { ...text, name: 'email', label: 'E-mail', kind: 'email', autocomplete: 'email', width: 'half', hint: 'contact' },
  { ...text, name: 'phone', label: 'Phone', kind: 'tel', autocomplete: 'tel', width: 'half', hint: 'contact' },
  { ...text, name: 'line_1', label: 'Street (optional)', autocomplete: 'address-line1' },
  { ...text, name: 'city', label: 'City (optional)', autocomplete: 'address-level2', width: 'third' },
  { ...text, name: 'state', label: 'State (optional)', autocomplete: 'address-level1', width: 'third', most: 60 },
  { ...text, name: 'postal_code', label: 'ZIP (optional)', autocomplete: 'postal-code', width: 'third', most: 20 },
  { name: 'notes', label: 'How can we help?', kind: 'area', autocomplete: 'off', most: 3000 },
];

/** People do not see it; who fills in whatever is there does. */
export const honeypot = 'website';
/** Where the sealed ticket lies in a posted form. */
export const ticketField = 'form_ticket';
