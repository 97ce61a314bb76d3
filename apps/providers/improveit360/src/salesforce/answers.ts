import { HubError } from '@occ-hub/errors';
import { type VendorAnswer, maskPeople, refusedStatus } from '@occ-hub/provider-kit';

const vendor = { id: 'improveit360', title: 'Salesforce' };

/** The token ran out. Not an error of anybody: the session gets another one and asks once more. */
export class SessionExpired extends Error {
  override readonly name = 'SessionExpired';
}

interface Refusal {
  readonly errorCode: string;
  readonly message: string;
}

/** How long a connection rests when the day's calls are used up: the count is of the last 24 hours and falls slowly. */
const dailyRestMs = 15 * 60_000;
const concurrentRestMs = 5_000;

/** Of calls; it comes under other codes, too. A limit of storage, or of a company's own rule, is not cured by waiting. */
const callLimit = /(TotalRequests|Concurrent\w*)\b.*Limit exceeded/i;

/** What an answer that is not 2xx means. `writes`: the call changes something, so that a failure of the server's may have applied. */
export function refusalOf(answer: VendorAnswer, writes: boolean): HubError | SessionExpired {
  const { errorCode, message } = readRefusal(answer.text);
  const text = maskPeople(message).slice(0, 300);
  if (answer.status === 401) return unauthorized(message);
  if (errorCode === 'REQUEST_LIMIT_EXCEEDED' || callLimit.test(message)) return limitReached(message);
  const known = knownRefusals[errorCode];
  if (known) return new HubError({ ...known(text), code: `improveit360.${codeOf(errorCode)}` });
  if (answer.status === 410)
    return rejected(
      'api-retired',
      'Salesforce has retired the version of its API that the hub speaks. The hub must be updated.',
    );
  if (answer.status === 404)
    return rejected('not-found', 'Salesforce does not have this record any more, or hides it from the hub’s user.');
  if (answer.status >= 400 && answer.status < 500 && errorCode !== '' && ![408, 420, 425, 429].includes(answer.status))
    return rejected(codeOf(errorCode), `Salesforce refused it: ${text}`);
  // 420 is Salesforce's own way to say that it is not ready.
  return refusedStatus(answer.status === 420 ? { ...answer, status: 503 } : answer, vendor, writes);
}

/** Salesforce does not have what was asked for; whether it is a record only the caller knows. */
export function isNotFound(error: unknown): error is HubError {
  return error instanceof HubError && error.code === 'improveit360.not-found';
}

/** The code of an object that the company does not have. */
export const noObject = 'improveit360.invalid-type';

/** What a description that is not found says: the object is not there, or not for the hub's user. */
export function objectMissing(cause: HubError): HubError {
  const { kind, message } = noPackage('no such object');
  return new HubError({ kind, code: noObject, message, cause });
}

/** Whether an error may mean that the company is at another server by now: nothing was found there, and no record is named. */
export function mayHaveMoved(error: unknown): boolean {
  return isNotFound(error) && !/external ID/i.test(error.message);
}

/** How long the connection has to be left alone after a failure; undefined where it need not be. */
export function restAfter(error: unknown): number | undefined {
  return error instanceof HubError && error.code.startsWith('improveit360.limit.') ? error.retryAfterMs : undefined;
}

type Known = (text: string) => { kind: HubError['kind']; message: string };

const refused =
  (what: string): Known =>
  (text) => ({ kind: 'rejected', message: `${what} Salesforce says: ${text}` });
const noAccess = refused('The hub’s user may not do this in Salesforce. Ask its administrator, then replay.');
const rule = refused('A rule of the company in Salesforce refused it. Put it right there, then replay.');
const gone = refused('improveit360 does not have this record any more. If it was restored there, replay.');
const noPackage = refused(
  'This Salesforce company has no improveit360 Lightning, or the hub’s user may not see it. Check the platform, and the user’s permissions.',
);
const noApi: Known = (text) => ({
  kind: 'credential',
  message: `Salesforce does not let the hub's user use its API. Ask the Salesforce administrator to switch it on. Salesforce says: ${text}`,
});

const knownRefusals: Readonly<Record<string, Known>> = {
  UNABLE_TO_LOCK_ROW: () => ({
    kind: 'transient',
    message: 'Somebody else was changing this record in Salesforce. The hub tries again by itself.',
  }),
  INVALID_QUERY_LOCATOR: () => ({
    kind: 'transient',
    message: 'Salesforce has forgotten the pages of a query. The hub asks again by itself.',
  }),
  INVALID_FIELD: (text) => ({
    kind: 'transient',
    message: `A field is not there any more or was hidden from the hub's user. The hub looks at the fields again by itself. Salesforce says: ${text}`,
  }),
  INVALID_TYPE: noPackage,
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: refused(
    'improveit360 does not have this result any more. Refresh the lists, choose another one and send it again.',
  ),
  INVALID_FIELD_FOR_INSERT_UPDATE: noAccess,
  INSUFFICIENT_ACCESS: noAccess,
  INSUFFICIENT_ACCESS_OR_READONLY: noAccess,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: noAccess,
  API_DISABLED_FOR_ORG: noApi,
  API_CURRENTLY_DISABLED: noApi,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: rule,
  CANNOT_EXECUTE_FLOW_TRIGGER: rule,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: rule,
  ENTITY_IS_DELETED: gone,
  NOT_FOUND: gone,
};

function unauthorized(message: string): HubError | SessionExpired {
  if (!/not valid for use with the REST API|not attached to Agent/i.test(message)) return new SessionExpired();
  return new HubError({
    kind: 'credential',
    code: 'improveit360.session.no-api',
    message:
      'Salesforce does not let this session use its REST API. Ask the Salesforce administrator to allow the app "OCC" API access, then authorize again.',
  });
}

function limitReached(message: string): HubError {
  const daily = /TotalRequests/i.test(message);
  return new HubError({
    kind: 'transient',
    code: daily ? 'improveit360.limit.daily' : 'improveit360.limit.concurrent',
    message: daily
      ? 'The company has used up its Salesforce API calls of 24 hours. The hub waits and goes on by itself; Salesforce sells more, and other apps may be using them up.'
      : 'Salesforce was handling too many calls of this company at once. The hub waits a moment and goes on by itself.',
    retryAfterMs: daily ? dailyRestMs : concurrentRestMs,
    untried: true,
  });
}

function rejected(what: string, message: string): HubError {
  return new HubError({ kind: 'rejected', code: `improveit360.${what}`, message });
}

function codeOf(errorCode: string): string {
  return errorCode.toLowerCase().replaceAll('_', '-');
}

/** `[{errorCode, message}]`, or anything: a gateway answers with HTML. */
function readRefusal(text: string): Refusal {
  try {
    const body = JSON.parse(text) as unknown;
    const first = (Array.isArray(body) ? body[0] : body) as Partial<Refusal> | null;
    return { errorCode: String(first?.errorCode ?? ''), message: String(first?.message ?? '') };
  } catch {
    return { errorCode: '', message: '' };
  }
}
