const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * A record id in its long form. Salesforce takes ids of 15 characters, whose case matters, and of 18, whose last three
 * are a checksum of the case; it always answers 18. Anything else stays as it is.
 */
export function longId(id: string): string {
  if (!/^[A-Za-z0-9]{15}$/.test(id)) return id;
  const sum = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((letter, place) => (/[A-Z]/.test(letter) ? 1 << place : 0));
    return letters[capitals.reduce((all, one) => all + one, 0)];
  });
  return id + sum.join('');
}
