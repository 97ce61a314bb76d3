/** Thrown by an inbound module to stop and answer at once. Name and message are LeadConduit's own, and code there looks at them. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  override readonly message = 'integration terminated early';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;

  constructor(status: number, headers: Readonly<Record<string, string>>, body: string) {
    super();
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}
