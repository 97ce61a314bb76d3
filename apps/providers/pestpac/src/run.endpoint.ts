import type { Endpoint, EndpointAnswer, Submitted } from '@occ-hub/provider-kit';
import { z } from 'zod';
import type { PestPacClient } from './client.ts';
import { runsOf } from './disposition.endpoint.ts';
import { bodyOf } from './body-of.ts';
import type { Settings } from './settings.ts';
import { jsonAnswer, runAnswer } from './standing.ts';

/** How a run stands. */
export const runEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/runs/:run',
  methods: ['GET'],
  scope: 'dispositions',
  async handle({ request, look }) {
    return answered(await look(request.params['run'] ?? ''), request.uri);
  },
};

const Choice = z.strictObject({ option: z.string().min(1).max(100) });

/** A user of ClickPoint chose: an option of those that the run was answered with. */
export const choiceEndpoint: Endpoint<PestPacClient, Settings> = {
  path: '/runs/:run/choice',
  methods: ['POST'],
  scope: 'dispositions',
  async handle({ request, choose }) {
    const { option } = bodyOf(request, Choice);
    return answered(await choose(request.params['run'] ?? '', option, { withinMs: 25_000 }), request.uri);
  },
};

function answered(submitted: Submitted | undefined, uri: string): EndpointAnswer {
  if (submitted === undefined) return unknownRun;
  const { status, body } = runAnswer({ ...submitted, repeated: false }, runsOf(uri, '/runs/'));
  // Nothing was made by this call itself.
  return jsonAnswer(status === 201 ? 200 : status, body);
}

const unknownRun = jsonAnswer(404, {
  code: 'pestpac.run-unknown',
  message: 'This connection has no run of this id.',
});
