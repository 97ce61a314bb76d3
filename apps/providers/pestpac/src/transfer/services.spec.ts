import { describe, expect, it } from 'vitest';
import { needed, fixed, only, record, row } from '../testing/mapping-rows.ts';
import { faults, ready } from '../testing/transfers.ts';

describe('services', () => {
  it('have rows in their order, without those that nothing is sold by', () => {
    const mappings = [
      ...needed,
      row('Service.LineItems[3].ServiceCode', 'Second'),
      row('Service.LineItems[1].ServiceCode', 'First'),
      row('Service.LineItems[1].UnitPrice', 'Price'),
      fixed('Service.LineItems[2].Quantity', '2'),
      row('Service.Technicians[3].Code', 'Sales'),
      row('Service.Technicians[1].Share', 'Price'),
      row('Service.UserDefinedFields[Gate]', 'Gate'),
    ];
    const given = { ...record, First: 'PESTINIT', Second: 'TERMITE', Price: '$99', Sales: 'JDOE', Gate: '7' };
    const made = ready({ mappings, record: given, steps: only('service') });
    expect(made.values.Service).toEqual({
      OrderType: 'ServiceOrder',
      ExternalIdentifier: 'cp:r1',
      LineItems: [{ ServiceCode: 'PESTINIT', UnitPrice: 99 }, { ServiceCode: 'TERMITE' }],
      Technicians: [{ Position: 3, Code: 'JDOE' }],
      UserDefinedFields: [{ Caption: 'Gate', Value: '7' }],
    });
    expect(made.warnings.map(({ pestpac_field }) => pestpac_field)).toEqual([
      ...['LineItems[2].Quantity', 'Technicians[1].Share'],
    ]);
  });

  it('need something that is sold, by the field that says what', () => {
    const mappings = [...needed, row('Service.LineItems[1].ServiceCode', 'Sold')];
    expect(faults({ mappings, steps: only('service') })).toEqual([
      expect.objectContaining({ clickpoint_field: 'Sold', message: expect.stringMatching(/^Fill Sold: /) }),
    ]);
    const strict = [...needed, row('Service.LineItems[1].ServiceCode', 'Sold', { required: true })];
    expect(faults({ mappings: strict, steps: only('service') })).toHaveLength(1);
  });

  const recurring = [
    ...needed,
    fixed('RecurringService.Schedule', 'QTRLY'),
    fixed('RecurringService.LineItems[1].ServiceCode', 'PESTQTR'),
    row('RecurringService.InitialServiceOrder.WorkDate', 'Visit'),
  ];
  const visit = { ...record, Visit: '4/10/2026 9:00 AM' };

  it('make a first visit where one is described', () => {
    const steps = only('recurring_service');
    expect(ready({ mappings: recurring, record: visit, steps }).values.RecurringService).toMatchObject({
      ...{ CreateInitialServiceOrder: true, InitialServiceOrder: { WorkDate: '2026-04-10T09:00:00' } },
      ServiceInstructions: '[cp:r1]',
    });
    const without = ready({ mappings: recurring, steps }).values.RecurringService;
    expect(without).not.toHaveProperty('CreateInitialServiceOrder');
  });

  it('make none where the mappings say so', () => {
    const mappings = [...recurring, fixed('RecurringService.CreateInitialServiceOrder', 'no')];
    const made = ready({ mappings, record: visit, steps: only('recurring_service') });
    expect(made.values.RecurringService).toHaveProperty('CreateInitialServiceOrder', false);
    expect(made.values.RecurringService).not.toHaveProperty('InitialServiceOrder');
  });

  it('keep their mark within what PestPac takes', () => {
    const mappings = [...recurring, row('RecurringService.ServiceInstructions', 'Notes')];
    const given = { ...record, Notes: 'x'.repeat(8000) };
    const made = ready({ mappings, record: given, steps: only('recurring_service') });
    const text = String(made.values.RecurringService?.['ServiceInstructions']);
    expect(text).toHaveLength(8000);
    expect(text.endsWith('\n[cp:r1]')).toBe(true);
    expect(made.warnings).toEqual([expect.objectContaining({ pestpac_field: 'ServiceInstructions' })]);
  });
});
