import type { RequestHandler } from 'express';
import type { Platform } from './platform.ts';
import { answerText, formatFor } from '../feedback/answer-format.ts';
import { readSent, refusalOf } from '../feedback/sent-body.ts';

/** `/flows/{flow}/sources/{source}/submit`: takes a lead as JSON or form and answers when every step is done. */
export function submitRoute(platform: Platform): RequestHandler {
  return async (request, response) => {
    const format = formatFor(request.headers.accept);
    const sent = readSent({ request, methods: ['GET', 'POST'] });
    const refusal = refusalOf(sent, format);
    if (refusal) {
      // A submission of a kind nobody reads is answered 406 here, where feedback is answered 415.
      const status = sent.trouble === 'unknown-type' ? 406 : refusal.status;
      response.status(status).set(refusal.headers).type('text/plain').send(refusal.body);
      return;
    }
    const flow = platform.flow(String(request.params['flow']));
    const source = flow?.sources.find((one) => one.id === request.params['source']);
    if (!flow || !source) {
      response.status(404).type('text/plain').send('Unknown flow or source.');
      return;
    }
    const { events: _, ...told } = await platform.submit(flow, source, sent.values ?? {});
    const answer = answerText(told, format ?? 'json');
    response.status(201).type(answer.type).send(answer.body);
  };
}
