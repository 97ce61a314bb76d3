import type { Flow, FlowDefinition, Step, StepDefinition } from './flow.ts';
import { outboundOf } from '../module/load-package.ts';
import { ALL_FEEDBACK, DEFAULT_TIMEOUT_SECONDS } from './flow.ts';

/** Makes a flow of its definition; throws when a package or its module is not there. */
export function createFlow(definition: FlowDefinition, newId: () => string): Flow {
  return {
    id: definition.id ?? newId(),
    name: definition.name,
    sources: definition.sources.map(({ id, name }) => ({ id: id ?? newId(), name })),
    steps: definition.steps.map(createStep),
  };
}

function createStep(definition: StepDefinition): Step {
  return {
    definition,
    module: moduleOf(definition),
    timeoutSeconds: definition.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
    feedback: { ...ALL_FEEDBACK, ...definition.feedback },
  };
}

function moduleOf(definition: StepDefinition): Step['module'] {
  if (!('module' in definition)) return null;
  return 'path' in definition.module ? outboundOf(definition.module) : definition.module;
}
