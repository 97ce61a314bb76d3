import type { VendorAnswer, VendorCall } from '@occ-hub/provider-kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PestPacClient } from './client.ts';
import { Env } from './env.ts';
import { Settings } from './settings.ts';
import { json, plainIo } from './testing/plain-io.ts';
import { findLead, findLocation, findOrder, findSetup, findTask } from './finds.ts';

const settings = Settings.parse({
  ...{ api_key: 'key', tenant_id: '100200', client_id: 'client', client_secret: 'secret', username: 'hub' },
  ...{ password: 'p', time_zone: 'America/New_York', failure_email: 'owner@example.com' },
});

/** A vendor that answers by path; what it does not have is an empty list. */
function world(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const answer = (call: VendorCall): VendorAnswer => {
    const { pathname, searchParams } = new URL(call.url);
    if (pathname.endsWith('/token')) return json({ access_token: 'token-1', expires_in: 3600 });
    const path = pathname.replace('/pestpac/v1', '');
    const q = searchParams.get('q');
    asked.push(q === null ? path : `${path} ${q}`);
    const given = answers[q === null ? path : `${path} ${q}`] ?? [];
    return typeof given === 'number' ? json({ Message: 'No.' }, given) : json(given);
  };
  const { io } = plainIo({ answer });
  return { client: new PestPacClient(settings, io, z.object(Env.shape).parse({})), asked };
}

const mark = '[cp:run-1]';

describe('a location that may have been made', () => {
  const row = (id: number, InternalIdentifier: string | null) => ({ LocationID: id, BillToID: 1, InternalIdentifier });
  const body = { InternalIdentifier: 'cp:88123', Address: '12 Alder Way', LastName: 'Okafor' };

  it('is looked for among all locations of the BillTo it was to be added to', async () => {
    const { client, asked } = world({ '/BillTos/1/locations': [row(10, null), row(11, 'cp:88123')] });
    const found = await findLocation(client, { body: { ...body, BillToID: 1 }, phones: ['4135550142'] });
    expect(found?.LocationID).toBe(11);
    expect(asked).toEqual(['/BillTos/1/locations']);
  });

  it('is looked for by every phone and the address where its BillTo was new', async () => {
    const { client, asked } = world({ '/Locations 12 Alder Way': [row(12, 'cp:88123'), row(13, 'cp:88124')] });
    const found = await findLocation(client, { body, phones: ['4135550142'] });
    expect(found?.LocationID).toBe(12);
    expect(asked).toEqual(['/Locations 413-555-0142', '/Locations 4135550142', '/Locations 12 Alder Way']);
  });

  it('is looked for by what it was sent with, too, where that was something else', async () => {
    const { client, asked } = world({ '/Locations 4 Old Mill': [row(12, 'cp:88123')] });
    const words = { phones: ['4135550142', '4135550177'], addresses: ['4 Old Mill'], names: ['Okafor'] };
    const found = await findLocation(client, { body, phones: ['4135550142'], words });
    expect(found?.LocationID).toBe(12);
    expect(asked).toEqual([
      ...['413-555-0142', '4135550142', '413-555-0177', '4135550177', '12 Alder Way', '4 Old Mill'].map(
        (q) => `/Locations ${q}`,
      ),
    ]);
  });

  it('is looked for by name where there is neither phone nor address', async () => {
    const { client, asked } = world({});
    const unknown = { InternalIdentifier: 'cp:88123', Company: 'Thornquist Dairy' };
    expect(await findLocation(client, { body: unknown, phones: [] })).toBeUndefined();
    expect(asked).toEqual(['/Locations Thornquist Dairy']);
  });

  it('is not another lead’s location, however much of it is the same', async () => {
    const { client } = world({ '/Locations 413-555-0142': [row(12, 'cp:8812'), row(13, ''), row(14, null)] });
    expect(await findLocation(client, { body, phones: ['4135550142'] })).toBeUndefined();
  });

  it('cannot be told where nothing of it can be asked for: a person must look', async () => {
    const { client } = world({});
    await expect(findLocation(client, { body: { InternalIdentifier: 'cp:1' }, phones: [] })).rejects.toMatchObject({
      ...{ kind: 'rejected', code: 'pestpac.cannot-tell' },
    });
    await expect(findLocation(client, { body: { Address: '1 Elm' }, phones: [] })).rejects.toThrow(
      /InternalIdentifier/,
    );
  });
});

describe('a lead that may have been made', () => {
  const body = { LocationID: 7, Name: 'Ngozi Okafor' };
  const rows = [{ LeadID: 1 }, { LeadID: 3 }, { LeadID: 2 }];

  it('is read lead by lead, newest first, as lists leave the comment out', async () => {
    const whole = { LeadID: 2, LocationID: 7, Comment: `Asked for a Friday visit\n${mark}` };
    const { client, asked } = world({ '/Locations/7/leads': rows, '/Leads/3': { LeadID: 3 }, '/Leads/2': whole });
    expect((await findLead(client, { body, mark }))?.LeadID).toBe(2);
    expect(asked).toEqual(['/Locations/7/leads', '/Leads/3', '/Leads/2']);
  });

  it('is not there where no lead has the mark', async () => {
    const others = { '/Leads/1': { LeadID: 1 }, '/Leads/2': { LeadID: 2, Comment: '[cp:run-11]' } };
    const { client } = world({ '/Locations/7/leads': rows, ...others, '/Leads/3': { LeadID: 3 } });
    expect(await findLead(client, { body, mark })).toBeUndefined();
  });

  it('is unknown, not missing, where a lead cannot be read', async () => {
    const { client } = world({ '/Locations/7/leads': rows, '/Leads/3': 500 });
    await expect(findLead(client, { body, mark })).rejects.toMatchObject({ kind: 'transient', mayHaveApplied: false });
  });
});

describe('a task, a service, that may have been made', () => {
  const body = { LocationID: 7, ExternalIdentifier: 'cp:run-1' };

  it('is known by its text where the list has it: nothing more is read', async () => {
    const tasks = [{ TaskID: 5, Description: mark }, { TaskID: 6 }];
    const setups = [{ SetupID: 8, ServiceInstructions: `Gate\n${mark}` }, { SetupID: 9 }];
    const { client, asked } = world({ '/Locations/7/tasks': tasks, '/Locations/7/serviceSetups': setups });
    expect((await findTask(client, { body, mark }))?.TaskID).toBe(5);
    expect((await findSetup(client, { body, mark }))?.SetupID).toBe(8);
    expect(asked).toEqual(['/Locations/7/tasks', '/Locations/7/serviceSetups']);
  });

  it('is read where a list leaves its text out', async () => {
    const slim = { '/Locations/7/tasks': [{ TaskID: 5 }], '/Tasks/5': { TaskID: 5, Description: mark } };
    const setup = { SetupID: 8, InitialOrderID: 0, ServiceInstructions: mark };
    const { client } = world({ ...slim, '/Locations/7/serviceSetups': [{ SetupID: 8 }], '/ServiceSetups/8': setup });
    expect((await findTask(client, { body, mark }))?.TaskID).toBe(5);
    expect(await findSetup(client, { body, mark })).toMatchObject({ SetupID: 8, InitialOrderID: undefined });
  });

  it('is the order with its identifier, at its location, also from a slim list', async () => {
    const orders = [
      { OrderID: 1, LocationID: 7, ExternalIdentifier: 'cp:run-2' },
      { OrderID: 2, LocationID: 8 },
      { OrderID: 3, LocationID: 7 },
    ];
    const whole = { OrderID: 3, LocationID: 7, ExternalIdentifier: 'cp:run-1' };
    const { client, asked } = world({ '/ServiceOrders': orders, '/ServiceOrders/3': whole });
    expect((await findOrder(client, body))?.OrderID).toBe(3);
    expect(asked).toEqual(['/ServiceOrders', '/ServiceOrders/3']);
  });
});
