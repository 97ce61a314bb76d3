import { ConnectionState } from '@occ-hub/contracts';
import { describe, expect, it } from 'vitest';
import { alertKindOf } from './alert-kind-of.ts';

const needs = 'needs-reauthorization';

describe('a change of a connection', () => {
  it.each(ConnectionState.options.filter((state) => state !== needs))(
    'from %s to needing a person alerts, but a resume not of what was told before the pause',
    (before) => {
      expect(alertKindOf({ before, state: needs }, undefined)).toBe('needs-you');
      const again = before === 'paused' ? undefined : 'needs-you';
      expect(alertKindOf({ before, state: needs }, 'needs-you')).toBe(again);
    },
  );

  it.each([
    ['at once', needs, undefined, 'works-again'],
    ['over new credentials', 'draft', 'needs-you', 'works-again'],
    ['by a resume, which proves nothing', 'paused', 'needs-you', undefined],
    ['after it was said already', 'draft', 'works-again', undefined],
    ['for the first time', 'draft', undefined, undefined],
    ['after a short trouble', 'retrying', 'works-again', undefined],
  ] as const)('to healthy %s', (_how, before, saidLast, kind) => {
    expect(alertKindOf({ before, state: 'healthy' }, saidLast)).toBe(kind);
  });

  it.each(['draft', 'paused', 'retrying'] as const)('to %s is nobody to be woken for', (state) => {
    expect(alertKindOf({ before: needs, state }, 'needs-you')).toBeUndefined();
  });

  it('that changes nothing is none', () => {
    expect(alertKindOf({ before: needs, state: needs }, undefined)).toBeUndefined();
    expect(alertKindOf({ before: 'healthy', state: 'healthy' }, 'needs-you')).toBeUndefined();
  });
});
