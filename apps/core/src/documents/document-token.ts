import { jwtVerify, SignJWT } from 'jose';
import { type Clock, HttpProblem, type Secret } from '@occ-hub/service';

const audience = 'occ-hub/documents';
const lifetimeSeconds = 300;

export interface DocumentTokens {
  /** A token for the bytes of one document, good for five minutes. */
  sign(document: string): Promise<string>;
  /** Passes for that document alone; else 401. */
  check(document: string, token: string): Promise<void>;
}

/** Signs and checks what lets a provider fetch the bytes of one document inside the cluster. */
export function createDocumentTokens({ secret, clock }: { secret: Secret; clock: Clock }): DocumentTokens {
  const key = new TextEncoder().encode(secret.reveal());
  return {
    sign(document) {
      const now = Math.floor(clock() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(document)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + lifetimeSeconds)
        .sign(key);
    },
    async check(document, token) {
      try {
        const options = { audience, subject: document, algorithms: ['HS256'], currentDate: new Date(clock()) };
        await jwtVerify(token, key, options);
      } catch {
        throw new HttpProblem({
          status: 401,
          code: 'core.document.token',
          message: 'This document URL is not good any more. Ask core for a new one (occ.core.documents.get).',
        });
      }
    },
  };
}
