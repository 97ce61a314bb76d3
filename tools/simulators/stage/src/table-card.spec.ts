import { describe, expect, it } from 'vitest';
import { html } from './html.ts';
import { tableCard } from './table-card.ts';

const parts = { title: 'Leads & tasks', columns: ['Name', { number: 'ms' }], empty: 'None yet.' };

describe('a card with a table', () => {
  it('shows its rows under its columns, and where it was scrolled to is known by its title', () => {
    const { markup } = tableCard({
      ...parts,
      rows: [
        html`<tr>
          <td>Dana</td>
        </tr>`,
      ],
    });
    expect(markup).toContain('<th>Name</th>');
    expect(markup).toContain('<th class="number">ms</th>');
    expect(markup).toContain('<td>Dana</td>');
    expect(markup).toContain('data-scroll="Leads &amp; tasks"');
    expect(markup).not.toContain('None yet.');
  });

  it('says so where there is nothing to show', () => {
    const { markup } = tableCard({ ...parts, rows: [] });
    expect(markup).toContain('None yet.');
    expect(markup).not.toContain('<table');
  });
});
