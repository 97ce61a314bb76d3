import type { OutboundModule } from '../module/contract.ts';

/** Which feedback a step takes. */
export interface FeedbackRules {
  conversions: boolean;
  returns: boolean;
  /** Oldest lead that may be returned, in seconds; null for any age. */
  maxReturnAgeSeconds: number | null;
}

export type VariableValue = string | number | boolean | readonly string[];

interface StepParts {
  name: string;
  /** The step's own variables. `{{lead.first_name}}` in a text is another variable; alone, it keeps its type. */
  variables?: Readonly<Record<string, VariableValue>>;
  /** Variables that are secrets, besides those the module declares as credentials. */
  credentials?: readonly string[];
  /** Default 360. */
  timeoutSeconds?: number;
  /** Default: both kinds, at any age. */
  feedback?: Partial<FeedbackRules>;
}

/** A step that hosts an integration: a module at hand, or one of an unpacked package. */
export interface ModuleStep extends StepParts {
  module: OutboundModule | { path: string; name: string };
}

/** A step that posts the variables to an address, which answers `outcome`, `reason`, `lead_id` as JSON. */
export interface RecipientStep extends StepParts {
  url: string;
  /** Never shown. */
  headers?: Readonly<Record<string, string>>;
  /** Default json: nested as modules see them. As a form the names are dotted. */
  as?: 'json' | 'form';
}

export type StepDefinition = ModuleStep | RecipientStep;

/** A flow: who sends leads in, and where each of them is delivered, in this order. */
export interface FlowDefinition {
  /** Default: a fresh id. */
  id?: string;
  name: string;
  sources: readonly { id?: string; name: string }[];
  steps: readonly StepDefinition[];
}

export interface Step {
  definition: StepDefinition;
  /** The module to host; null for a recipient. */
  module: OutboundModule | null;
  timeoutSeconds: number;
  feedback: FeedbackRules;
}

export interface Flow {
  id: string;
  name: string;
  sources: { id: string; name: string }[];
  steps: Step[];
}

export const DEFAULT_TIMEOUT_SECONDS = 360;
export const ALL_FEEDBACK: FeedbackRules = { conversions: true, returns: true, maxReturnAgeSeconds: null };
