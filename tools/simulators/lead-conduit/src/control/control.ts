import { ControlError } from '@occ-hub/simulator-stage';
import type { Fault, FaultOrder, Faults } from '../feedback/faults.ts';
import type { Feedback, ReceivedFeedback } from '../feedback/feedback.ts';
import type { LeadEvent } from '../platform/event.ts';
import type { FeedbackRules, Flow, FlowDefinition } from '../platform/flow.ts';
import type { Platform, Submission } from '../platform/platform.ts';

/** A flow as it may be seen: no headers, no values of variables. */
export interface ShownFlow {
  id: string;
  name: string;
  /** `submit` is the path to post leads to. */
  sources: { id: string; name: string; submit: string }[];
  steps: { name: string; kind: 'module' | 'recipient'; timeoutSeconds: number; feedback: FeedbackRules }[];
}

/** Everything an operator, a test or a demo can see and do. Every result is a copy. */
export interface SimulatorControl {
  flows(): ShownFlow[];
  /** Adds a flow, or puts it in place of the one with its id. */
  addFlow(flow: FlowDefinition): ShownFlow;
  /** Sends a lead in, like a post to the submit address; the first flow and source when left out. */
  submit(fields: Record<string, unknown>, to?: { flow?: string; source?: string }): Promise<Submission>;
  /** Delivers an event again, with the same id and variables: the platform may always post twice. */
  resubmit(eventId: string): Promise<LeadEvent>;
  /** Oldest first. */
  events(filter?: { leadId?: string; step?: string }): LeadEvent[];
  event(id: string): LeadEvent;
  feedback(filter?: { eventId?: string }): ReceivedFeedback[];
  setFeedback(flowId: string, step: string, rules: Partial<FeedbackRules>): ShownFlow;
  fault(order: FaultOrder): Fault;
  faults(): Fault[];
  clearFaults(): void;
  counts(): { leads: number; events: number; feedback: number };
  /** Forgets leads, events, feedback and faults; flows stay. */
  reset(): void;
}

export function createControl(platform: Platform, feedback: Feedback, faults: Faults): SimulatorControl {
  const flowOf = (id: string | undefined): Flow => {
    const found = id === undefined ? platform.flows()[0] : platform.flow(id);
    if (!found) throw new ControlError(404, `The simulator has no flow ${id ?? 'at all'}.`);
    return found;
  };
  const eventOf = (id: string): LeadEvent => {
    const found = platform.event(id);
    if (!found) throw new ControlError(404, `The simulator has no event ${id}.`);
    return found;
  };
  return {
    flows: () => platform.flows().map(shownFlow),
    addFlow: (flow) => shownFlow(platform.addFlow(flow)),
    submit: async (fields, to = {}) => {
      const flow = flowOf(to.flow);
      const source = to.source === undefined ? flow.sources[0] : flow.sources.find(({ id }) => id === to.source);
      if (!source) throw new ControlError(404, `Flow ${flow.name} has no source ${to.source ?? 'at all'}.`);
      return structuredClone(await platform.submit(flow, source, fields));
    },
    resubmit: async (id) => {
      eventOf(id);
      const event = await platform.resubmit(id);
      if (!event) throw new ControlError(409, `The lead or step of event ${id} is gone.`);
      return structuredClone(event);
    },
    events: ({ leadId, step } = {}) =>
      structuredClone(
        platform
          .events()
          .filter((event) => leadId === undefined || event.leadId === leadId)
          .filter((event) => step === undefined || event.step === step),
      ),
    event: (id) => structuredClone(eventOf(id)),
    feedback: ({ eventId } = {}) =>
      structuredClone(feedback.all().filter((one) => eventId === undefined || one.eventId === eventId)),
    setFeedback: (flowId, name, rules) => {
      const flow = flowOf(flowId);
      const step = flow.steps.find(({ definition }) => definition.name === name);
      if (!step) throw new ControlError(404, `Flow ${flow.name} has no step "${name}".`);
      Object.assign(step.feedback, rules);
      return shownFlow(flow);
    },
    fault: (order) => faults.order(order),
    faults: () => faults.active(),
    clearFaults: () => faults.clear(),
    counts: () => ({ leads: platform.leadCount, events: platform.events().length, feedback: feedback.all().length }),
    reset: () => {
      platform.forget();
      feedback.forget();
      faults.clear();
    },
  };
}

function shownFlow(flow: Flow): ShownFlow {
  return {
    id: flow.id,
    name: flow.name,
    sources: flow.sources.map((source) => ({ ...source, submit: `/flows/${flow.id}/sources/${source.id}/submit` })),
    steps: flow.steps.map((step) => ({
      name: step.definition.name,
      kind: step.module ? 'module' : 'recipient',
      timeoutSeconds: step.timeoutSeconds,
      feedback: { ...step.feedback },
    })),
  };
}
