/** What SingleOps takes at most, in characters (code points). */
export const limits = { name: 41, notes: 4000, value: 4000, state: 5, text: 255 } as const;
