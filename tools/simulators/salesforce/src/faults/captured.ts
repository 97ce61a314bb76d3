import type { Response } from 'express';

/** An answer held back: its status and headers stand in the response, its body is here. */
export interface Captured {
  body: Buffer;
  /** True when the connection went away before the answer was whole. */
  isGone: boolean;
}

/**
 * Lets a handler answer without anything leaving, and gives the response back as if untouched but for its status and
 * headers. Bodies are held in memory.
 */
export function captured(response: Response, handle: () => void): Promise<Captured> {
  const { write, end, writeHead, flushHeaders } = response;
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const finish = (isGone: boolean): void => {
      response.off('close', gone);
      Object.assign(response, { write, end, writeHead, flushHeaders });
      resolve({ body: Buffer.concat(chunks), isGone });
    };
    const gone = (): void => finish(true);
    response.on('close', gone);
    Object.assign(response, {
      writeHead: (status: number, ...rest: unknown[]) => {
        response.statusCode = status;
        const headers = rest.find((one) => typeof one === 'object' && one !== null) ?? {};
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string);
        return response;
      },
      flushHeaders: () => undefined,
      write: (chunk: unknown, ...rest: unknown[]) => {
        keep(chunks, chunk, rest);
        return true;
      },
      end: (...given: unknown[]) => {
        const [chunk, ...rest] = given;
        keep(chunks, chunk, rest);
        finish(false);
        return response;
      },
    });
    handle();
  });
}

function keep(chunks: Buffer[], chunk: unknown, rest: readonly unknown[]): void {
  const encoding = rest.find((one) => typeof one === 'string') as BufferEncoding | undefined;
  if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, Buffer.isEncoding(encoding ?? '') ? encoding : 'utf8'));
  else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  for (const one of [chunk, ...rest]) if (typeof one === 'function') one();
}
