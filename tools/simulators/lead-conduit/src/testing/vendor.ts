import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

/** One call as the vendor got it. */
export interface Heard {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server in a vendor's or recipient's place; `answer` may be changed and decides what every call gets. */
export interface Vendor {
  url: string;
  heard: Heard[];
  answer: (response: ServerResponse, heard: Heard) => void;
  stop(): Promise<void>;
}

export async function startVendor(answer: Vendor['answer']): Promise<Vendor> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const heard = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
      vendor.heard.push(heard);
      vendor.answer(response, heard);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const vendor: Vendor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: [],
    answer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return vendor;
}

/** An answer of JSON with a status, 200 when left out. */
export function says(body: unknown, status = 200): Vendor['answer'] {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
