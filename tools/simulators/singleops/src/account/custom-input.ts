/** An extra field that an account defined, as the API gives it; the misspelt key is the vendor's. */
export interface CustomInput {
  id: number;
  name: string;
  order: number | null;
  placeholder: string;
  input_type: string;
  resource_type: string;
  important: boolean;
  required: boolean;
  searchable: boolean;
  display_on_show: boolean;
  include_in_global_search: boolean;
  available_accross_account_group: boolean;
  section_name: string;
  operations: { id: number; name: string }[];
  dropdown_options: { key: string; display: string; order: number | null }[];
}

export type CustomInputDefinition = Partial<CustomInput> & Pick<CustomInput, 'id' | 'name'>;

export function customInputOf(given: CustomInputDefinition): CustomInput {
  return {
    order: null,
    placeholder: '',
    input_type: 'text',
    resource_type: 'job',
    important: false,
    required: false,
    searchable: false,
    display_on_show: false,
    include_in_global_search: false,
    available_accross_account_group: false,
    section_name: '',
    operations: [],
    dropdown_options: [],
    ...given,
  };
}

/** Whether the field is one of leads in this division; a field without divisions is one of all. */
export function belongsToLead(input: CustomInput, operationId: number): boolean {
  const everywhere = input.operations.length === 0;
  return input.resource_type === 'job' && (everywhere || input.operations.some(({ id }) => id === operationId));
}
