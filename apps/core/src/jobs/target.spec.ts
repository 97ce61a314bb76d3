import { describe, expect, it } from 'vitest';
import { appointmentRecord } from '../testing/records.ts';
import { chooseAppointment } from './target.ts';

const two = [appointmentRecord({ _id: 'apt-1' }), appointmentRecord({ _id: 'apt-2' })];

describe('the appointment that carries a note or a document', () => {
  it('is the one named, else the last by time', () => {
    expect(chooseAppointment(two, 'apt-1')._id).toBe('apt-1');
    expect(chooseAppointment(two, undefined)._id).toBe('apt-2');
  });

  it('is never one that the CRM has deleted', () => {
    const removed = appointmentRecord({ _id: 'apt-3', removed_at: new Date(0) });
    expect(chooseAppointment([...two, removed], undefined)._id).toBe('apt-2');
    const refusal = expect.objectContaining({ kind: 'rejected', code: 'core.appointment.removed' });
    expect(() => chooseAppointment([...two, removed], 'apt-3')).toThrow(refusal);
    expect(() => chooseAppointment([removed], undefined)).toThrow(refusal);
    expect(chooseAppointment([appointmentRecord({ _id: 'apt-4', removed_at: null })], undefined)._id).toBe('apt-4');
  });

  it('is refused when it is of another job, or when there is none', () => {
    expect(() => chooseAppointment(two, 'apt-9')).toThrow(
      expect.objectContaining({ code: 'core.appointment.unknown' }),
    );
    expect(() => chooseAppointment([], undefined)).toThrow(
      expect.objectContaining({ code: 'core.job.no-appointment' }),
    );
  });
});
