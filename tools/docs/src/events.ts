import { type EventDefinition, EventAttributes, eventCatalogue, topicLayouts } from '@occ-hub/contracts';
import { z } from 'zod';
import { type Page, jsonPage } from './page.ts';

const folder = 'docs/reference/events';

/** The catalogue of events: a page to read, a JSON Schema each, and all of it as AsyncAPI 3. */
export function eventPages(): readonly Page[] {
  return [
    { path: `${folder}.md`, text: catalogue() },
    ...eventCatalogue.map((event) => jsonPage(`${folder}/${event.type}.json`, schemaOf(event))),
    jsonPage('docs/reference/asyncapi.json', asyncApi()),
  ];
}

function schemaOf(event: EventDefinition): object {
  return { $id: event.dataschema, title: event.title, description: event.description, ...z.toJSONSchema(event.data) };
}

function catalogue(): string {
  const attributes = Object.entries(EventAttributes.shape).map(
    ([name, shape]) => `| \`${headerOf(name)}\` | ${(shape as z.ZodType).description ?? ''} |`,
  );
  const events = eventCatalogue.map(
    (event) => `| [\`${event.type}\`](events/${event.type}.json) | \`${event.topic}\` | ${event.description} |`,
  );
  return `# Events

Printed by \`npm run docs\` from \`libs/contracts\`. CloudEvents 1.0 on Kafka in binary mode: attributes as headers, the data
alone as value, the subject as key, so that all events of one subject keep their order: a job's identity \`org/provider/external_id\`, a
lead's \`org/provider/lead/<key>\`, or a connection's.
Delivery is at least once: know an event by its \`ce_id\`. Changes are additive; a break is a new type.

| type | topic | what |
|---|---|---|
${events.join('\n')}

| topic | kept |
|---|---|
${topicLayouts.map((each) => `| \`${each.topic}\` | ${each.retentionMs / 86_400_000} days |`).join('\n')}

| header | what |
|---|---|
${attributes.join('\n')}

## Reading them

\`\`\`ts
import { AppointmentUpserted, decodeEvent, isEvent } from '@occ-hub/contracts';

const decoded = decodeEvent({ headers, value });
if (decoded.ok && isEvent(decoded.event, AppointmentUpserted)) console.log(decoded.event.data.appointment.start_time);
\`\`\`
`;
}

function headerOf(attribute: string): string {
  return attribute === 'traceparent' ? attribute : `ce_${attribute}`;
}

function asyncApi(): object {
  const named = (event: EventDefinition) => event.type.replaceAll('.', '_');
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'OCC Hub events',
      version: '1',
      description: 'Facts about jobs, appointments and writes, on Kafka.',
    },
    channels: Object.fromEntries(
      topicLayouts.map(({ topic }) => [
        topic,
        {
          address: topic,
          messages: Object.fromEntries(
            eventCatalogue
              .filter((event) => event.topic === topic)
              .map((event) => [named(event), { $ref: `#/components/messages/${named(event)}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      topicLayouts.map(({ topic }) => [
        `receive_${topic.replaceAll(/[.-]/g, '_')}`,
        { action: 'receive', channel: { $ref: `#/channels/${topic}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        eventCatalogue.map((event) => [
          named(event),
          {
            name: event.type,
            title: event.title,
            summary: event.description,
            contentType: 'application/json',
            headers: z.toJSONSchema(EventAttributes),
            payload: schemaOf(event),
          },
        ]),
      ),
    },
  };
}
