import type { Declaration, Vars } from '../module/contract.ts';
import type { Flow, Step, VariableValue } from './flow.ts';
import type { Lead } from './lead.ts';
import { readAs } from '../typed/types.ts';
import { deliverable } from '../typed/typed-value.ts';
import { typedFields } from './lead.ts';
import { putAt, valueAt } from './paths.ts';

/** What a step is given its variables from. */
export interface StepInput {
  flow: Flow;
  step: Step;
  lead: Lead;
  eventId: string;
  account: string;
  at: string;
}

/** The variables of one step, freshly made: a module may write on them. */
export function stepVars({ flow, step, lead, eventId, account, at }: StepInput): Vars {
  const vars: Vars = {
    ...structuredClone(lead.appended),
    lead: { id: lead.id, ...typedFields(lead.fields) },
    account: { name: account },
    flow: { id: flow.id, name: flow.name },
    source: { ...lead.source },
    recipient: { name: step.definition.name },
    submission: { timestamp: lead.receivedAt },
    event: { id: eventId },
    timestamp: at,
    timeout_seconds: step.timeoutSeconds,
    price: 0,
  };
  const types = new Map((step.module?.request.variables?.() ?? []).map(({ name, type }) => [name, type]));
  const own = Object.entries(step.definition.variables ?? {});
  // Mappings see the lead and what was appended, never each other.
  const mapped = own.map(([name, value]) => [name, mappedValue(value, { vars, type: types.get(name) ?? 'string' })]);
  for (const [name, value] of mapped) if (value !== undefined) putAt(vars, String(name), value);
  return vars;
}

/** The names of a step's secrets: those it names and those its module declares as credentials. */
export function credentialNames(step: Step): string[] {
  const declared: readonly Declaration[] = step.module?.request.variables?.() ?? [];
  const credentials = declared.filter(({ type }) => type === 'credential').map(({ name }) => name);
  return [...new Set([...credentials, ...(step.definition.credentials ?? [])])];
}

const ALONE = /^\{\{\s*([\w.]+)\s*\}\}$/;

function mappedValue(value: VariableValue, { vars, type }: { vars: Vars; type: string }): unknown {
  if (typeof value === 'object') return [...value];
  if (typeof value !== 'string') return readAs(type, String(value));
  const alone = ALONE.exec(value)?.[1];
  if (alone !== undefined) {
    const found = valueAt(vars, alone);
    return typeof found === 'string' || typeof found === 'number' ? readAs(type, String(found)) : found;
  }
  const filled = value.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, path: string) =>
    String(deliverable(valueAt(vars, path)) ?? ''),
  );
  return readAs(type, filled);
}
