import 'vitest';

declare module 'vitest' {
  /** What `inject()` gives to every integration and end-to-end test: the addresses of the running stack. */
  export interface ProvidedContext {
    /** `host:port` of each Kafka broker. */
    kafkaBrokers: string[];
    /** `nats://host:port`, with credentials in it where the server asks for them. */
    natsUrl: string;
    /** `mongodb://...` without a database; each test takes a database of its own. */
    mongoUrl: string;
  }
}
