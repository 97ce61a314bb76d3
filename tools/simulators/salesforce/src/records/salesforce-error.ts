/** A refusal as the vendor's API words it. Thrown inside, turned into an answer at the edge. */
export class SalesforceError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  constructor(errorCode: string, message: string, more: { status?: number; fields?: readonly string[] } = {}) {
    super(message);
    this.name = 'SalesforceError';
    this.errorCode = errorCode;
    this.status = more.status ?? 400;
    this.fields = more.fields;
  }

  /** An item of the array that a single call answers with. */
  item(): { message: string; errorCode: string; fields?: readonly string[] } {
    return { message: this.message, errorCode: this.errorCode, ...(this.fields ? { fields: this.fields } : {}) };
  }

  /** The same inside a collection, where the code has another name. */
  collectionItem(): { statusCode: string; message: string; fields: readonly string[] } {
    return { statusCode: this.errorCode, message: this.message, fields: this.fields ?? [] };
  }
}

/** A path or an object that is not there. */
export function notFound(message = 'The requested resource does not exist'): SalesforceError {
  return new SalesforceError('NOT_FOUND', message, { status: 404 });
}
