import { isHubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyOf, confirmWrite, readRows, rowsOf } from './answers.ts';

const answer = (text: string, status = 200) => ({ status, text, headers: {} });
const ending = (work: () => unknown) => {
  try {
    work();
    return 'success';
  } catch (error) {
    return isHubError(error) ? `${error.kind} ${error.code.replace('lead-perfection.', '')}` : error;
  }
};
const mayHaveApplied = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return isHubError(error) && error.mayHaveApplied;
  }
  return undefined;
};
const webApi = (message: string) => JSON.stringify({ Message: message });

describe('bodyOf', () => {
  it('reads JSON of a good status', () => {
    expect(bodyOf(answer('[{"ID":1}]'), false)).toEqual([{ ID: 1 }]);
  });

  it.each([
    ['a page of HTML', '<!DOCTYPE html><html><body>Maintenance</body></html>'],
    ['half of a list', '[{"ID":1,"CustNa'],
    ['half of a word', '"UPDATED SUCC'],
    ['nothing', ''],
    ['plain words', 'UPDATED SUCCESSFULLY!'],
  ])('takes %s with HTTP 200 for an answer that nobody knows, and a write for perhaps applied', (_what, text) => {
    expect(ending(() => bodyOf(answer(text), false))).toBe('transient answer-unknown');
    expect(mayHaveApplied(() => bodyOf(answer(text), true))).toBe(true);
    expect(mayHaveApplied(() => bodyOf(answer(text), false))).toBe(false);
  });

  it.each([
    [401, webApi('Authorization has been denied for this request.'), 'credential unauthorized'],
    [403, webApi("User does not have permission to execute action 'GetLinks'"), 'rejected permission-missing'],
    [403, '<html>blocked</html>', 'rejected forbidden'],
    [404, webApi('No HTTP resource was found.'), 'rejected status-404'],
    [429, webApi('Too many requests.'), 'transient rate-limited'],
    [500, webApi('An error has occurred.'), 'transient status-500'],
    [503, '', 'transient status-503'],
    [302, '', 'transient status-302'],
  ])('reads status %i as what to do next', (status, text, expected) => {
    expect(ending(() => bodyOf(answer(text, status), true))).toBe(expected);
  });

  it('names the action that the user lacks, and whose business it is', () => {
    const forbidden = answer(webApi("User does not have permission to execute action 'AddSalesmanImages'"), 403);
    expect(() => bodyOf(forbidden, true)).toThrow(/may not use "AddSalesmanImages".*administrator/);
  });
});

describe('confirmWrite', () => {
  it.each([
    ['the constant', 'UPDATED SUCCESSFULLY!'],
    ['envelope 1', { message: 'lead added: 384191', status: 'OK', error: '' }],
    ['envelope 1 with nulls', { message: 'saved', status: null, error: null }],
    ['envelope 2', [{ Result: 1, Message: 'Updated.' }]],
    ['envelope 2 in words', [{ Result: '1', Message: '' }]],
  ])('takes %s for success', (_what, body) => {
    expect(ending(() => confirmWrite(body))).toBe('success');
  });

  it.each([
    ['envelope 1 with an error', { message: '', status: null, error: "Disposition 'X' does not exist." }],
    ['envelope 1 with another status', { message: 'Exception Occured', status: 'ERROR', error: null }],
    ['envelope 1 with status OK and an error', { message: '', status: 'OK', error: 'no such column' }],
    ['envelope 2 with 0', [{ Result: 0, Message: 'Error: no such customer' }]],
    ['envelope 2 with 1 and an error in words', [{ Result: 1, Message: 'Error: on hold' }]],
  ])('takes %s for a refusal', (_what, body) => {
    expect(ending(() => confirmWrite(body))).toBe('rejected refused');
    expect(mayHaveApplied(() => confirmWrite(body))).toBe(false);
  });

  it("quotes the vendor's words to people, not without end", () => {
    expect(() => confirmWrite({ error: 'Issued lead 7 was not found.' })).toThrow(/Issued lead 7 was not found/);
    const endless = { error: 'x'.repeat(5_000) };
    expect(() => confirmWrite(endless)).toThrow(/^.{0,400}$/);
  });

  it('reads the old words for a wrong login', () => {
    expect(ending(() => confirmWrite('NOT VALID USER'))).toBe('credential login-refused');
  });

  it.each([
    null,
    undefined,
    true,
    0,
    1,
    '',
    'OK',
    'DELETED',
    {},
    { ok: true },
    { message: 'saved' },
    [],
    [{}],
    [1],
    [null],
  ])('never takes %j for success', (body) => {
    expect(ending(() => confirmWrite(body))).toBe('transient answer-unknown');
    expect(mayHaveApplied(() => confirmWrite(body))).toBe(true);
  });
});

describe('rowsOf', () => {
  it.each([
    ['bare', [{ ID: 1 }]],
    ['in data', { data: [{ ID: 1 }] }],
    ['in Records', { count: 1, Records: [{ ID: 1 }] }],
    ['in Result', { Result: [{ ID: 1 }] }],
    ['in leads', { leads: [{ ID: 1 }] }],
  ])('finds a list that is %s', (_where, body) => {
    expect(rowsOf(body)).toEqual([{ ID: 1 }]);
  });

  it('takes an empty list for empty', () => {
    expect(rowsOf([])).toEqual([]);
  });

  it.each([null, 'UPDATED SUCCESSFULLY!', 7, {}, { rows: [] }, { data: 'none' }, { message: 'x' }])(
    'never takes %j for an empty list',
    (body) => {
      expect(ending(() => rowsOf(body))).toBe('transient answer-unknown');
    },
  );

  it.each([
    ['envelope 1', { message: '', status: null, error: 'Conversion failed when converting date.' }],
    ['envelope 2', [{ Result: 0, Message: 'Error: timeout' }]],
  ])('takes a refusal in %s for a refusal, not for a row', (_what, body) => {
    expect(ending(() => rowsOf(body))).toBe('rejected refused');
  });

  it('takes the old words for a wrong login as such', () => {
    expect(ending(() => rowsOf('NOT VALID USER'))).toBe('credential login-refused');
  });
});

describe('readRows', () => {
  it('fails as unreadable when a row has another shape', () => {
    const Shape = z.object({ key: z.string() });
    expect(readRows(Shape, [{ key: 'a', more: 1 }])).toEqual([{ key: 'a' }]);
    expect(ending(() => readRows(Shape, [{ key: 'a' }, { key: 7 }]))).toMatch(/^unreadable/);
  });
});
