import { HubError } from '@occ-hub/errors';
import type { EndpointRequest } from '@occ-hub/provider-kit';
import type { z } from 'zod';

/** A posted JSON body in its shape. Fails as `unreadable` where it is no JSON, as `rejected` naming the fields that are wrong. */
export function bodyOf<Shape extends z.ZodType>({ body }: EndpointRequest, shape: Shape): z.output<Shape> {
  return readAs(shape, jsonOf(body));
}

/** The same of JSON that was read already. */
export function readAs<Shape extends z.ZodType>(shape: Shape, json: unknown): z.output<Shape> {
  const read = shape.safeParse(json);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
  const message = `The body is not as it should be: ${fields.map((each) => `${each.pointer} ${each.message}`).join('; ')}`;
  throw new HubError({ kind: 'rejected', code: 'pestpac.body-invalid', message, fields });
}

/** Any JSON. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    const message = 'The body is not JSON. Send a JSON object.';
    throw new HubError({ kind: 'unreadable', code: 'pestpac.body-unreadable', message });
  }
}
