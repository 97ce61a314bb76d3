import { describe, expect, it } from 'vitest';
import { breakCard } from './break-card.ts';

const FAULTS = [{ label: 'Cut', title: 'Closes the <connection>', order: { kind: 'cut' } }];
const CALLS = {
  field: 'call',
  label: 'Calls of',
  any: 'any kind',
  kinds: ['GET /a', { value: 'write', label: 'any write' }],
};

describe('the card that breaks things', () => {
  it('posts each fault, joined with what is chosen above', () => {
    const { markup } = breakCard({ calls: CALLS, faults: FAULTS, others: [] });
    expect(markup).toMatch(/data-path="\/faults"\s+data-body="{&quot;kind&quot;:&quot;cut&quot;}"\s+data-fault/);
    expect(markup).toContain('<select id="fault-call">');
    expect(markup).toContain('<option value="">any kind</option>');
    expect(markup).toContain('<option value="GET /a">GET /a</option>');
    expect(markup).toContain('<option value="write">any write</option>');
    expect(markup).toContain('<select id="fault-count">');
  });

  it('offers no choice where there is only one kind of call, and keeps words as text', () => {
    const { markup } = breakCard({ title: 'Break <it>', faults: FAULTS, others: [] });
    expect(markup).not.toContain('<select');
    expect(markup).toContain('Break &lt;it&gt;');
    expect(markup).toContain('Closes the &lt;connection&gt;');
  });
});
