import type { z } from 'zod';
import type { Topic } from '../topics.ts';
import type { EventAttributes } from './attributes.ts';

/** One kind of event: its type, its topic and the zod shape of its data. The only description of it. */
export interface EventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly topic: Topic;
  readonly title: string;
  readonly description: string;
  readonly data: Data;
  /** Where the JSON Schema of the data is printed; goes into `dataschema`. */
  readonly dataschema: string;
}

/** An event in the hand: attributes and data, typed by its definition. */
export interface HubEvent<Definition extends EventDefinition = EventDefinition> {
  readonly attributes: EventAttributes & { readonly type: Definition['type'] };
  readonly data: z.infer<Definition['data']>;
}

type EventFacts<Type extends string, Data extends z.ZodType> = Omit<EventDefinition<Type, Data>, 'dataschema'>;

/** Declares an event. */
export function defineEvent<const Type extends string, Data extends z.ZodType>(
  facts: EventFacts<Type, Data>,
): EventDefinition<Type, Data> {
  return { ...facts, dataschema: `https://schemas.occ-hub.example/${facts.type}.json` };
}

export type NewEventAttributes = Omit<EventAttributes, 'type' | 'dataschema'>;

/** Makes an event of a definition. The data is trusted: it is typed, and decoded again by every consumer. */
export function eventOf<Definition extends EventDefinition>(
  definition: Definition,
  attributes: NewEventAttributes,
  data: z.infer<Definition['data']>,
): HubEvent<Definition> {
  return {
    attributes: { ...attributes, type: definition.type as Definition['type'], dataschema: definition.dataschema },
    data,
  };
}

/** True, and narrowed, when the event is of that definition. */
export function isEvent<Definition extends EventDefinition>(
  event: HubEvent,
  definition: Definition,
): event is HubEvent<Definition> {
  return event.attributes.type === definition.type;
}
