/** How an authorization ended, for the person in front of the browser. */
export interface Ending {
  readonly status: 200 | 400 | 403 | 405 | 502 | 503;
  /** What happened. */
  readonly heading: string;
  /** On whose side, and what it means. */
  readonly whose: string;
  /** What to do. */
  readonly next: string;
}

const again = 'Start again from One Click Contractor: Integrations, then Authorize.';

/** Every end that an authorization can have. `words` are the provider's for what its vendor said. */
export const endings = {
  authorized: (title: string): Ending => ({
    status: 200,
    heading: `One Click Contractor is connected to ${title}`,
    whose: `${title} has let the hub in, and the first appointments are on their way.`,
    next: 'You can close this window and go back to One Click Contractor.',
  }),
  authorizedButPaused: (title: string): Ending => ({
    status: 200,
    heading: `One Click Contractor may use ${title}`,
    whose: `${title} has let the hub in. The connection is still paused, as somebody asked.`,
    next: 'Resume it in One Click Contractor when the work shall go on.',
  }),
  denied: (title: string, words: string): Ending => ({
    status: 403,
    heading: `${title} was not connected`,
    whose: words,
    next: again,
  }),
  refused: (title: string, words: string): Ending => ({
    status: 400,
    heading: `${title} did not connect`,
    whose: words,
    next: 'Nothing has changed in One Click Contractor. When this is put right, start again there.',
  }),
  vendorAway: (title: string): Ending => ({
    status: 502,
    heading: `${title} did not answer`,
    whose: `You allowed the access, but ${title} did not finish it. The fault is on its side or on the way to it.`,
    next: `Wait a few minutes. ${again}`,
  }),
  onlyForAWhile: (title: string): Ending => ({
    status: 502,
    heading: `${title} gave access only for a while`,
    whose: `${title} gave no refresh token, without which the hub would have to ask you every few hours.`,
    next: `Ask the administrator of ${title} to allow refresh tokens (offline access) for the app, then start again.`,
  }),
  otherCompany: (title: string): Ending => ({
    status: 403,
    heading: `This is another company of ${title}`,
    whose: `The user who allowed it belongs to another ${title} company than the one that this connection works with. Nothing was changed, and the access was given back.`,
    next: `Start again and sign in at ${title} as a user of the right company. To change the company, disconnect first, then authorize.`,
  }),
  notOurs: {
    status: 400,
    heading: 'This address belongs to no authorization',
    whose: 'What the browser brought was not made by One Click Contractor, or was changed on the way.',
    next: again,
  },
  tooLate: {
    status: 400,
    heading: 'This authorization took too long',
    whose: 'It has to be finished within ten minutes. Nothing was changed.',
    next: again,
  },
  used: {
    status: 400,
    heading: 'This authorization was used already or is too old',
    whose: 'Each can be finished once. If you only loaded this page again, the first time counts.',
    next: 'Look at the connection in One Click Contractor. If it is not connected, start again from there.',
  },
  otherBrowser: {
    status: 403,
    heading: 'This browser did not start this authorization',
    whose:
      'One Click Contractor lets it be finished only where it was begun, so that nobody can connect you to their account.',
    next: `Use the browser that you are signed in with, with cookies allowed. Only the last authorization that was started in a browser can be finished there. ${again}`,
  },
  settingsChanged: {
    status: 400,
    heading: 'The settings were changed meanwhile',
    whose: 'This authorization was begun with other settings than those that are saved in One Click Contractor now.',
    next: again,
  },
  failedHere: {
    status: 503,
    heading: 'One Click Contractor could not finish this',
    whose: 'The fault is on the side of the hub; it was logged.',
    next: `Wait a few minutes. ${again}`,
  },
  notGet: {
    status: 405,
    heading: 'This address is only opened by a browser',
    whose: 'The vendor sends people here after they have allowed the access.',
    next: again,
  },
} as const satisfies Record<string, Ending | ((...words: string[]) => Ending)>;
