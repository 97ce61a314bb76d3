import { type Connection, type IndexDefinition, type IndexOptions, type Model, Schema } from 'mongoose';

/** What the store knows of a record: an id of ours. */
export interface Stored {
  readonly _id: string;
}

export interface CollectionFacts {
  readonly name: string;
  readonly indexes: readonly (readonly [IndexDefinition, IndexOptions?])[];
}

/** Makes the indexes of all collections, where they are missing. */
export async function makeIndexes(connection: Connection): Promise<void> {
  for (const name of connection.modelNames()) await connection.model(name).createIndexes();
}

/** A collection whose shape is zod's business: Mongoose holds the indexes. Callers pass values as they are stored. */
export function collection<Shape extends Stored>(connection: Connection, facts: CollectionFacts): Model<Shape> {
  const schema = new Schema(
    { _id: { type: String, required: true } },
    { strict: false, minimize: false, versionKey: false, autoIndex: false, autoCreate: false, collection: facts.name },
  );
  for (const [index, options] of facts.indexes) schema.index(index, options);
  return connection.model(facts.name, schema) as unknown as Model<Shape>;
}
