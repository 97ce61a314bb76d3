import { describe, expect, it } from 'vitest';
import { readKeyRing } from './key-ring.ts';
import { createVault } from './vault.ts';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const ring = readKeyRing(`k2:${key(2)},k1:${key(1)}`);
const vault = createVault(ring);

describe('createVault', () => {
  it('opens what it sealed and shows nothing of it meanwhile', async () => {
    const sealed = await vault.seal('connection/c1', { password: 'correct horse' });
    expect(JSON.stringify(sealed)).not.toContain('correct horse');
    expect(await vault.open('connection/c1', sealed)).toEqual({ password: 'correct horse' });
  });

  it('does not open secrets that were moved to another record', async () => {
    const sealed = await vault.seal('connection/c1', { password: 'x' });
    await expect(vault.open('connection/c2', sealed)).rejects.toThrow(/belongs to another record/);
    const forged = { ...sealed, aad: Buffer.from('connection/c2').toString('base64url') };
    await expect(vault.open('connection/c2', forged)).rejects.toThrow(/was changed/);
  });

  it('still opens what an older key sealed, and says that it is old', async () => {
    const old = await createVault(readKeyRing(`k1:${key(1)}`)).seal('r', 1);
    expect(vault.isOld(old)).toBe(true);
    expect(await vault.open('r', old)).toBe(1);
    expect(vault.isOld(await vault.seal('r', 1))).toBe(false);
  });

  it('says which key is missing without naming any', async () => {
    const foreign = await createVault(readKeyRing(`k9:${key(9)}`)).seal('r', 1);
    await expect(vault.open('r', foreign)).rejects.toThrow(/not in VAULT_KEYS/);
  });
});

describe('readKeyRing', () => {
  it('refuses short keys and does not repeat them', () => {
    expect(() => readKeyRing('k1:c2hvcnQ=')).toThrow(/entry 1 is not/);
    expect(() => readKeyRing('k1:c2hvcnQ=')).not.toThrow(/c2hvcnQ/);
  });
});
