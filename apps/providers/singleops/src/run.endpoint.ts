import { type Endpoint, type EndpointAnswer, type Submitted, standingAnswer, waitMsOf } from '@occ-hub/provider-kit';
import { type FieldFault, HubError } from '@occ-hub/errors';
import { z } from 'zod';
import type { SingleOpsClient } from './client.ts';
import { jsonOf } from './json.ts';
import { leadIdOf } from './lead-id.ts';
import type { Settings } from './settings.ts';

/** How a lead stands. */
export const runEndpoint: Endpoint<SingleOpsClient, Settings> = {
  path: '/leads/:run',
  methods: ['GET'],
  scope: 'leads',
  async handle({ request, look }) {
    return answered(await look(request.params['run'] ?? ''), request.uri);
  },
};

const Choice = z.strictObject({ option: z.string().min(1).max(100) });

/** Somebody chose a client, or `new`: one of the options that the lead was answered with. */
export const choiceEndpoint: Endpoint<SingleOpsClient, Settings> = {
  path: '/leads/:run/choice',
  methods: ['POST'],
  scope: 'leads',
  async handle({ request, choose }) {
    const read = Choice.safeParse(jsonOf(request));
    if (!read.success) throw noOption();
    const withinMs = waitMsOf(request);
    return answered(await choose(request.params['run'] ?? '', read.data.option, { withinMs }), request.uri);
  },
};

function answered(submitted: Submitted | undefined, uri: string): EndpointAnswer {
  return standingAnswer(submitted, uri.slice(0, uri.lastIndexOf('/leads/') + 6), leadIdOf(submitted));
}

function noOption(): HubError {
  const fields: FieldFault[] = [{ pointer: '/option', message: 'Enter the id of one of the options.' }];
  const message = 'Say what was chosen: {"option": "…"}, the id of one of the options.';
  return new HubError({ kind: 'rejected', code: 'singleops.choice-unreadable', message, fields });
}
