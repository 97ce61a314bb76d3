import type { Sealed, Vault } from './vault.ts';

/** Secrets of a connection as one text, so that they can lie in an event. */
export interface SealedText {
  seal(secrets: Readonly<Record<string, string>>): Promise<string>;
  /** Fails as `config` when no key of the ring opens it. */
  open(text: string): Promise<Readonly<Record<string, string>>>;
}

export function sealedText(vault: Vault, connection: string): SealedText {
  const record = `event/${connection}`;
  return {
    async seal(secrets) {
      return Buffer.from(JSON.stringify(await vault.seal(record, secrets))).toString('base64url');
    },
    async open(text) {
      const sealed = JSON.parse(Buffer.from(text, 'base64url').toString()) as Sealed;
      return (await vault.open(record, sealed)) as Record<string, string>;
    },
  };
}
