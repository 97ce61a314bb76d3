/** A division of an account, as the API gives it. */
export interface Operation {
  id: number;
  name: string;
  active: boolean;
  tax_location_id: number | null;
  display_name: string | null;
  location_id: number | null;
  location: Record<string, unknown>;
}

export type OperationDefinition = Partial<Operation> & Pick<Operation, 'id' | 'name'>;

export function operationOf(given: OperationDefinition): Operation {
  return { active: true, tax_location_id: null, display_name: null, location_id: null, location: {}, ...given };
}
