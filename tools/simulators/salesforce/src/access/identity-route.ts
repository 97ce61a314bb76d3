import type { Request, Response } from 'express';
import type { Office } from './office.ts';
import { identityUrl } from './office.ts';
import { tokenOf } from './bearer.ts';

/** `GET /id/{org}/{user}`: who a token speaks for. The token may also come as `oauth_token` in the query. */
export function answerIdentity(
  office: Office,
  request: Request<{ org: string; user: string }>,
  response: Response,
): void {
  const fromQuery = request.query['oauth_token'];
  const token = tokenOf(request.headers.authorization) ?? (typeof fromQuery === 'string' ? fromQuery : undefined);
  if (token === undefined) {
    response.status(403).type('html').send('Missing_OAuth_Token');
    return;
  }
  const grant = office.grants.use(token);
  const { orgId } = office.settings;
  const isAbout = (asked: string, id: string): boolean => asked === id || asked === id.slice(0, 15);
  if (!grant || !isAbout(request.params.org, orgId) || !isAbout(request.params.user, grant.user.id)) {
    response.status(403).type('html').send('Bad_OAuth_Token');
    return;
  }
  response.json(identityOf(office, grant.user));
}

function identityOf(office: Office, user: Office['settings']['users'][number]): Record<string, unknown> {
  const base = office.instances.current();
  const [firstName = '', ...lastName] = user.displayName.split(' ');
  return {
    id: identityUrl(office.settings, user),
    asserted_user: true,
    user_id: user.id,
    organization_id: office.settings.orgId,
    username: user.username,
    nick_name: user.username.split('@')[0],
    display_name: user.displayName,
    email: user.email,
    email_verified: true,
    first_name: firstName,
    last_name: lastName.join(' '),
    timezone: 'America/New_York',
    photos: { picture: `${base}/profilephoto/005/F`, thumbnail: `${base}/profilephoto/005/T` },
    urls: {
      rest: `${base}/services/data/v{version}/`,
      sobjects: `${base}/services/data/v{version}/sobjects/`,
      query: `${base}/services/data/v{version}/query/`,
      profile: `${base}/${user.id}`,
    },
    active: user.active,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: -18_000_000,
    is_app_installed: true,
  };
}
