import type { Lead } from '../lead/lead.ts';
import type { Client, ClientFields } from './client.ts';
import type { CustomInput, CustomInputDefinition } from './custom-input.ts';
import type { Operation, OperationDefinition } from './operation.ts';

/** The one user of an account that may call the API. */
export interface ApiUser {
  email: string;
  token: string;
}

/** An account as it is set up. Ids belong to it alone: to any other account they are unknown. */
export interface AccountDefinition {
  id: number;
  name: string;
  user: ApiUser;
  /** IANA name. Times without a zone are its wall clock. Default America/New_York. */
  zone?: string;
  /** Whether the account's price tier has the API. Default true. */
  apiAllowed?: boolean;
  /** Default 4, 6 and 8; a lead is what has stage 8. */
  visitStages?: readonly number[];
  operations: readonly OperationDefinition[];
  customInputs?: readonly CustomInputDefinition[];
  clients?: readonly (ClientFields & { id?: number })[];
}

/** An account that lives. */
export interface Account {
  id: number;
  name: string;
  user: ApiUser;
  zone: string;
  apiAllowed: boolean;
  visitStages: readonly number[];
  operations: Map<number, Operation>;
  customInputs: Map<number, CustomInput>;
  /** In the order of their ids. */
  clients: Map<number, Client>;
  /** In the order of their ids. */
  leads: Map<number, Lead>;
}
