import { describe, expect, it } from 'vitest';
import { fits } from './fits.ts';

const must = (field: string, value: string) => ({ field, value, option: 'required' as const });
const may = (field: string, value: string) => ({ field, value, option: 'optional' as const });

describe('a location that was found', () => {
  const found = {
    LastName: 'OKAFOR',
    Email: 'ngozi@example.com',
    City: ' Marlow',
    Zip: '01000-1234',
    Company: '',
    Address: '12 Alder Way.',
  };

  it('is offered where every required term agrees, however it is written', () => {
    expect(fits([must('LastName', 'Okafor'), must('Zip', '01000'), must('Address', '12 alder  way')], found)).toEqual({
      offered: true,
      score: 3,
    });
    expect(fits([must('LastName', 'Okafor'), must('City', 'Salem')], found)).toEqual({ offered: false, score: 1 });
  });

  it('fits the better, the more of the optional terms agree', () => {
    expect(fits([may('LastName', 'Okafor'), may('City', 'Salem'), may('EMail', 'NGOZI@example.com')], found)).toEqual({
      offered: true,
      score: 2,
    });
  });

  it('agrees with nothing where PestPac has nothing', () => {
    expect(fits([must('Company', ''), may('State', 'MA')], found)).toEqual({ offered: false, score: 0 });
  });

  it('is offered where nothing narrows', () => {
    expect(fits([], found)).toEqual({ offered: true, score: 0 });
  });
});
