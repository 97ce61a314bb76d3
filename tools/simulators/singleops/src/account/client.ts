/** A client's record with every field that the vendor's sample shows, `token` (the client's secret) among them. */
export type Client = ReturnType<typeof blankClient> & { name: string };

/** What a client may be made of; the rest stays as in an empty record. */
export type ClientFields = Partial<Omit<Client, 'id' | 'account_id'>>;

/** What every record has by itself. */
export interface ClientBirth {
  id: number;
  accountId: number;
  /** ISO 8601 with milliseconds and the account's offset. */
  at: string;
  token: string;
}

export function clientOf(birth: ClientBirth, fields: ClientFields): Client {
  const client = { ...blankClient(birth), name: '', ...fields };
  const person = [client.first_name, client.last_name].filter((part) => part !== '').join(' ');
  return { ...client, name: client.name || person || client.company_name };
}

function blankClient({ id, accountId, at, token }: ClientBirth) {
  return {
    id,
    account_id: accountId,
    location_id: null as number | null,
    active: true,
    user_id: null as number | null,
    created_at: at,
    updated_at: at,
    is_archived: false,
    is_property: null as boolean | null,
    is_new: false,
    email: '',
    phone: '',
    mobile: '',
    fax: '',
    first_name: '',
    middle_name: '',
    last_name: '',
    company_name: '',
    display_name: null as string | null,
    bill_addr_1: '',
    bill_addr_2: '',
    bill_addr_3: '',
    bill_addr_4: null as string | null,
    bill_addr_5: null as string | null,
    bill_addr_city: '',
    bill_addr_state: '',
    bill_addr_postal_code: '',
    bill_addr_country: null as string | null,
    notes: '',
    notice_level_cd: 4,
    notice_text: '',
    customer_type_id: null as number | null,
    default_operation_id: null as number | null,
    default_sales_tax_location_id: null as number | null,
    default_sales_tax_category: null as string | null,
    term_id: null as number | null,
    merged_to_client_id: null as number | null,
    on_hold: false,
    anonymous: false,
    portal_active: true,
    portal_entered: false,
    portal_confirmed: null as boolean | null,
    token,
    ...accounting(),
  };
}

/** What the hub has no business with: it is here to be dropped. */
function accounting() {
  return {
    qb_list_id: null as string | null,
    qbo_id: null as number | null,
    qbo_status_cd: 0,
    qbo_error_code: null as string | null,
    qbo_retry_count: null as number | null,
    qbwc_edit_sequence: null as string | null,
    qbwc_status_cd: null as number | null,
    last_qbwc_error_id: null as number | null,
    skip_qb_sync: false,
    qb_balance: 0,
    qb_balance_last_updated: null as string | null,
    default_credit_card_alias_id: null as number | null,
    exclude_save_cc_info: false,
    autopay_enabled: null as boolean | null,
    ag_import_created: false,
  };
}

/** Entered by the portal or the API, and no person has confirmed it yet. */
export function isUnconfirmed(client: Client): boolean {
  return client.portal_entered && client.portal_confirmed !== true;
}
