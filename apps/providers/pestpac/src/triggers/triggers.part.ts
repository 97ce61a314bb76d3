import type { FieldFault } from '@occ-hub/errors';
import { defineConfiguration } from '@occ-hub/provider-kit';
import type { KnowsCodes } from '../catalogue/codes.ts';
import { plain, type Trigger, Triggers } from './triggers.ts';

/** Which dispositions start a run. Nothing does before somebody says so. */
export const triggersPart = defineConfiguration<KnowsCodes, typeof Triggers>({
  name: 'triggers',
  title: 'Triggers',
  shape: Triggers,
  initial: [],
  check: (triggers) => Promise.resolve([...triggers.flatMap(withoutSteps), ...twice(triggers)]),
});

function withoutSteps({ enabled, steps }: Trigger, index: number): readonly FieldFault[] {
  if (!enabled || Object.values(steps).includes(true)) return [];
  return [{ pointer: `/${index}/steps`, message: 'Switch on a step, or switch off the trigger.' }];
}

function twice(triggers: readonly Trigger[]): readonly FieldFault[] {
  const seen = new Set<string>();
  return triggers.flatMap(({ record_type: recordType, actions, enabled }, row) =>
    actions.flatMap((action, at) => {
      const key = JSON.stringify([plain(recordType), plain(action)]);
      const known = enabled && seen.has(key);
      if (enabled) seen.add(key);
      const message = `The action ${action} of ${recordType} stands in a trigger already.`;
      return known ? [{ pointer: `/${row}/actions/${at}`, message }] : [];
    }),
  );
}
