import type { FlowDefinition } from '../platform/flow.ts';
import type { InboundModule, OutboundModule, Vars } from '../module/contract.ts';
import type { Typed } from '../typed/typed-value.ts';

type Fields = Record<string, Typed | undefined>;

/** An invented integration in the platform's contract; `url` is where it posts. `masks: false` forgets to hide its password. */
export function integration(url: string, { masks = true } = {}): OutboundModule {
  const request = (vars: Vars) => {
    const lead = vars['lead'] as Fields;
    const event = vars['event'] as { id: string };
    const body = JSON.stringify({
      phone: lead['phone_1']?.valueOf(),
      waiver: vars['waiver']?.valueOf(),
      event: event.id,
      password: vars['password']?.valueOf(),
    });
    if (masks) vars['password'] = '*'.repeat(String(vars['password']).length);
    return { url, method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
  };
  return {
    validate: (vars) => ((vars['lead'] as Fields)['phone_1']?.valid ? undefined : 'phone is not valid'),
    request: Object.assign(request, {
      variables: () => [
        { name: 'lead.phone_1', type: 'phone' },
        { name: 'waiver', type: 'boolean' },
        { name: 'password', type: 'credential' },
      ],
    }),
    response: (_vars, _request, response) => {
      if (response.status !== 200 || response.headers['Content-Type'] !== 'application/json') {
        return { outcome: 'error', reason: `status ${response.status}` };
      }
      const { id } = JSON.parse(response.body) as { id: string };
      return { outcome: 'success', lead_id: id };
    },
  };
}

/** An inbound module that reads `?what=sale&event=…`. */
export const saleCalls: InboundModule = {
  request: (call) => {
    const query = new URL(call.uri, 'http://here.example').searchParams;
    if (call.method !== 'GET') {
      throw Object.assign(new Error('integration terminated early'), {
        name: 'HttpError',
        status: 405,
        headers: { Allow: 'GET' },
        body: 'GET only',
      });
    }
    const what = query.get('what');
    return { event_id: query.get('event'), ...(what === 'sale' ? { type: 'conversion', reason: 'Sale' } : {}) };
  },
  response: (call, vars) => ({
    status: 201,
    headers: { 'Content-Type': 'text/plain' },
    body: `${String(vars['outcome'] ?? 'noted')} ${call.headers['Accept'] ?? ''}`.trim(),
  }),
};

export function flowOf(...steps: FlowDefinition['steps']): FlowDefinition {
  return { id: 'f1', name: 'Windows', sources: [{ id: 's1', name: 'Example Media' }], steps };
}

export const PAT = { first_name: 'Pat', phone_1: '(410) 555-0143', postal_code: '02120', email: 'Pat@Example.test' };
