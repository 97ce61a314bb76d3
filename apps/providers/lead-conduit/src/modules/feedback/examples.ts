import type { InboundParam, InboundRequest } from '../../platform/contract.ts';

/** What the address may carry. */
export const feedbackParams: readonly InboundParam[] = [
  {
    name: 'event_id',
    label: 'Event ID',
    type: 'string',
    description: 'LeadConduit event ID, where the body has no EventID',
    required: false,
    examples: ['65f0c0ffee0000000000abcd'],
  },
];

const sale = {
  EventID: '65f0c0ffee0000000000abcd',
  LogNumber: 'LC-000123',
  Dispo: 'Sale',
  Sold: '1',
  Gross: '12500.00',
};

/** Feedback as LeadPerfection may send it: by address, form, JSON and XML. */
export function feedbackExamples(
  flowId: string,
  sourceId: string,
  params: Readonly<Record<string, string>> = {},
): InboundRequest[] {
  const path = `https://app.leadconduit.com/flows/${encodeURIComponent(flowId)}/sources/${encodeURIComponent(sourceId)}/submit`;
  const query = new URLSearchParams(params).toString();
  const uri = query === '' ? path : `${path}?${query}`;
  const posted = (type: string, body: string): InboundRequest => {
    const headers = { 'Content-Type': type, Accept: type.endsWith('xml') ? 'text/xml' : 'application/json' };
    return { method: 'POST', uri, headers, body };
  };
  const elements = Object.entries(sale).map(([name, value]) => `<${name}>${value}</${name}>`);
  return [
    {
      method: 'GET',
      uri: `${path}?${new URLSearchParams({ ...params, ...sale }).toString()}`,
      headers: { Accept: 'application/json' },
    },
    posted('application/x-www-form-urlencoded', new URLSearchParams(sale).toString()),
    posted('application/json', JSON.stringify(sale)),
    posted('text/xml', `<?xml version="1.0"?>\n<feedback>${elements.join('')}</feedback>`),
  ];
}
