import type { LeadEvent, Snapshot } from './event.ts';
import type { Flow, FlowDefinition, Step } from './flow.ts';
import type { Hosts } from './http-call.ts';
import type { Lead } from './lead.ts';
import { createFlow } from './create-flow.ts';
import { submitted } from './lead.ts';
import { runStep } from './run-step.ts';
import { stepVars } from './step-vars.ts';

/** What the source is told about its lead. */
export interface Submission {
  outcome: 'success' | 'failure' | 'error';
  reason: string | null;
  lead: { id: string };
  price: number;
  /** One per delivery step, in order. */
  events: LeadEvent[];
}

export interface PlatformParts {
  account: string;
  hosts: Hosts;
  now: () => number;
  newId: () => string;
  eventsKept: number;
  stopping: AbortSignal;
}

/** Flows, leads and events of one account. Nothing is recognised: a lead sent twice is two leads. */
export class Platform {
  readonly #parts: PlatformParts;
  readonly #flows = new Map<string, Flow>();
  readonly #leads = new Map<string, Lead>();
  readonly #events = new Map<string, LeadEvent>();
  #leadCount = 0;

  constructor(parts: PlatformParts) {
    this.#parts = parts;
  }

  get leadCount(): number {
    return this.#leadCount;
  }

  addFlow(definition: FlowDefinition): Flow {
    const flow = createFlow(definition, this.#parts.newId);
    this.#flows.set(flow.id, flow);
    return flow;
  }

  flows(): Flow[] {
    return [...this.#flows.values()];
  }

  flow(id: string): Flow | undefined {
    return this.#flows.get(id);
  }

  event(id: string): LeadEvent | undefined {
    return this.#events.get(id);
  }

  /** Oldest first. */
  events(): LeadEvent[] {
    return [...this.#events.values()];
  }

  lead(id: string): Lead | undefined {
    return this.#leads.get(id);
  }

  stepOf(event: LeadEvent): Step | undefined {
    return this.#flows.get(event.flowId)?.steps.find((step) => step.definition.name === event.step);
  }

  forget(): void {
    this.#leads.clear();
    this.#events.clear();
    this.#leadCount = 0;
  }

  /** Takes a lead and delivers it to every step, one after the other; resolves when the last one is done. */
  async submit(flow: Flow, source: { id: string; name: string }, sent: Record<string, unknown>): Promise<Submission> {
    const { newId, now } = this.#parts;
    const receivedMs = now();
    const receivedAt = new Date(receivedMs).toISOString();
    const lead: Lead = { id: newId(), flowId: flow.id, source, receivedAt, receivedMs, ...submitted(sent) };
    this.#leads.set(lead.id, lead);
    this.#leadCount += 1;
    const events: LeadEvent[] = [];
    for (const step of flow.steps) {
      const event = {
        id: newId(),
        leadId: lead.id,
        flowId: flow.id,
        step: step.definition.name,
        at: receivedAt,
        runs: [],
      };
      this.#keep(event);
      events.push(event);
      await this.#run({ flow, step, lead, event });
    }
    return { ...outcomeOf(events), lead: { id: lead.id }, price: 0, events };
  }

  /** Delivers an event once more: same event id, same lead, same variables. Undefined when it is forgotten. */
  async resubmit(id: string): Promise<LeadEvent | undefined> {
    const event = this.#events.get(id);
    const [flow, lead] = event ? [this.#flows.get(event.flowId), this.#leads.get(event.leadId)] : [];
    const step = event && this.stepOf(event);
    if (!event || !flow || !lead || !step) return undefined;
    await this.#run({ flow, step, lead, event });
    return event;
  }

  async #run(it: { flow: Flow; step: Step; lead: Lead; event: LeadEvent }): Promise<void> {
    const { account, now, hosts, stopping } = this.#parts;
    const at = new Date(now()).toISOString();
    const vars = stepVars({ ...it, eventId: it.event.id, account, at });
    const run = await runStep(it.step, vars, { hosts, stopping });
    it.event.runs.push({ number: it.event.runs.length + 1, at, ...run } satisfies Snapshot);
  }

  #keep(event: LeadEvent): void {
    this.#events.set(event.id, event);
    if (this.#events.size <= this.#parts.eventsKept) return;
    const [oldest] = this.#events.values();
    if (!oldest) return;
    this.#events.delete(oldest.id);
    this.#leads.delete(oldest.leadId);
  }
}

/** Accepted when any step took it; otherwise what the last step said. */
function outcomeOf(events: readonly LeadEvent[]): Pick<Submission, 'outcome' | 'reason'> {
  const runs = events.flatMap((event) => event.runs.slice(-1));
  const last = runs.at(-1);
  if (!last || runs.some((run) => run.outcome === 'success')) return { outcome: 'success', reason: null };
  return { outcome: last.outcome === 'error' ? 'error' : 'failure', reason: last.reason };
}
