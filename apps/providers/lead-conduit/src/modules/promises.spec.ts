import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inbound, name, outbound } from '../package.ts';
import { addLeadModule } from './add-lead/add-lead.ts';
import { callbackKeys } from './feedback/callback.ts';

const { add_lead: addLead, create_lead: createLead } = outbound;
const { request } = inbound.feedback;
const wired = (vars: unknown) => JSON.parse(addLead.request(vars).body) as Record<string, string>;
const required = { postal_code: '21220', phone_1: '4105550143', srs_id: '1488' };

const outboundNames = addLead.request.variables().map((variable) => variable.name);
const paths = outboundNames.filter((path) => !path.endsWith('*'));
/** Nested variables of dotted names. */
const nest = (flat: Record<string, unknown>) => {
  const vars: Record<string, Record<string, unknown>> & Record<string, unknown> = {};
  for (const [path, value] of Object.entries(flat)) {
    const [first = '', second] = path.split('.');
    if (second === undefined) vars[first] = value as never;
    else (vars[first] ??= {})[second] = value;
  }
  return vars;
};

describe("LeadConduit's own checks of a module", () => {
  it.each(Object.entries(outbound))('%s: names are lower case, declared whole, and once', (_name, module) => {
    for (const variable of [...module.request.variables(), ...module.response.variables()]) {
      expect(variable.name).toBe(variable.name.toLowerCase());
      expect(variable.type).not.toBe('');
      expect(typeof variable.description).toBe('string');
      expect(typeof variable.required).toBe('boolean');
    }
    const names = module.request.variables().map((variable) => variable.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(Object.entries(outbound))('%s: an empty lead is refused with words, not with a throw', (_name, module) => {
    expect(module.validate({ lead: {} })).toMatch(/must not be blank/);
  });

  it('feedback: names are lower case; parameters and examples are there', () => {
    const names = request.variables().map((variable) => variable.name);
    expect(names).toEqual(names.map((each) => each.toLowerCase()));
    expect(request.params().map((param) => param.name)).toEqual(['event_id']);
    expect(request.examples('flow-1', 'source-1')).toHaveLength(4);
  });

  it('feedback: every example is read as the same sale, and is answered', () => {
    for (const example of request.examples('flow-1', 'source-1', { redir: 'no' })) {
      expect(example.uri).toMatch(/^https:\/\/app\.leadconduit\.com\/flows\/flow-1\/sources\/source-1\/submit\?/);
      const vars = request(example);
      expect(vars).toMatchObject({ type: 'conversion', reason: 'Sale', gross: 12500, lognumber: 'LC-000123' });
      expect(inbound.feedback.response(example, vars).status).toBe(201);
    }
  });

  it('the provider has one name', () => {
    expect(name).toBe('LeadPerfection');
  });

  it('declarations cannot be changed from outside', () => {
    addLead.request.variables().length = 0;
    expect(addLead.request.variables()).toHaveLength(outboundNames.length);
  });
});

describe('whatever the variables are', () => {
  const odd = fc.anything({ withBoxedValues: true, withDate: true, withNullPrototype: true });

  it('validate gives a sentence or nothing, and never throws', () => {
    const leads = fc.dictionary(fc.constantFrom('postal_code', 'phone_1', 'srs_id', 'city'), odd);
    const own = fc.dictionary(fc.constantFrom('subdomain', 'action', 'password'), odd);
    const vars = fc.record({ lead: fc.oneof(odd, leads), leadperfection: fc.oneof(odd, own), client_id: odd });
    fc.assert(
      fc.property(fc.oneof(odd, vars), (given) => {
        for (const module of Object.values(outbound)) {
          const fault = module.validate(given);
          expect(fault === undefined || fault.length > 10).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('blanks are left out, and everything goes as text', () => {
    const value = fc.oneof(fc.constantFrom('', ' ', null, undefined), fc.string(), fc.boolean(), fc.integer());
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...paths), value),
        fc.dictionary(fc.string(), value),
        (flat, custom) => {
          const sent = Object.values(wired({ ...nest(flat), custom }));
          expect(sent.filter((text) => typeof text !== 'string' || text.trim() === '')).toEqual([]);
        },
      ),
    );
  });

  it('an own key never takes the place of a field', () => {
    const names = ['firstname', 'zip', 'phone1', 'srs_id', 'HasConsent', 'EventID'] as const;
    const anyCase = fc
      .tuple(fc.constantFrom(...names), fc.func(fc.boolean()))
      .map(([field, up]) => [...field].map((sign, at) => (up(at) ? sign.toUpperCase() : sign.toLowerCase())).join(''));
    const vars = { lead: { ...required, first_name: 'Pat' }, client_id: 'demo1', hasconsent: false, eventid: 'e' };
    const without = wired(vars);
    fc.assert(
      fc.property(fc.dictionary(anyCase, fc.string({ minLength: 1 })), (custom) => {
        expect(wired({ ...vars, custom })).toEqual(without);
      }),
    );
  });

  it('the request keeps the password and the variables lose it', () => {
    const secret = fc.string({ minLength: 1 }).filter((text) => text === text.trim() && text !== '');
    fc.assert(
      fc.property(secret, fc.constantFrom('LeadFormExtraFields', 'LeadFormTransfer'), (password, action) => {
        const leadperfection = { subdomain: 'acme', action, password };
        const { body } = createLead.request({ lead: required, leadperfection });
        expect(new URLSearchParams(body).get('txtPassword')).toBe(password);
        expect(leadperfection.password).toBe('*'.repeat(password.length));
      }),
    );
  });

  it('addleads.asp, which asks for no password, is sent none, and it is masked all the same', () => {
    const leadperfection = { subdomain: 'acme', action: 'addleads', userid: 'uid-7', password: 'hunter2-example' };
    const { body } = createLead.request({ lead: required, leadperfection });
    expect(body).not.toMatch(/hunter2|uid-7/);
    expect(leadperfection.password).toBe('***************');
  });

  it('the address has nothing in it but the names', () => {
    const { url } = addLeadModule({ posting: 'http://127.0.0.1:1', pages: () => '' }).request({
      client_id: 'a/../b?c#d',
    });
    expect(url).toBe('http://127.0.0.1:1/a%2F..%2Fb%3Fc%23d/addlead');
  });
});

describe('feedback', () => {
  it('is the same in any case of its keys, with `_` or without', () => {
    const keys = callbackKeys.filter((key) => key !== 'EventID');
    const flags = fc.array(fc.boolean(), { minLength: 24, maxLength: 24 });
    const written = (key: string, ups: readonly boolean[], bare: boolean) =>
      [...(bare ? key.replaceAll('_', '') : key)].map((sign, at) =>
        ups[at] ? sign.toUpperCase() : sign.toLowerCase(),
      );
    const post = (body: object) =>
      request({
        method: 'post',
        uri: '/',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.string()), flags, fc.boolean(), (facts, ups, bare) => {
        const inCase = Object.fromEntries(
          Object.entries(facts).map(([key, value]) => [written(key, ups, bare).join(''), value]),
        );
        const second = { [written('Event_ID', ups, bare).join('')]: 'e', ...inCase };
        expect(post(second)).toEqual(post({ EventID: 'e', ...facts }));
      }),
    );
  });

  it('is variables or an HttpError for any request, and nothing else', () => {
    const type = fc.constantFrom('application/json', 'text/xml', 'application/x-www-form-urlencoded', 'text/plain');
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((text) => `<a>${text}</a>`),
    );
    fc.assert(
      fc.property(fc.constantFrom('GET', 'POST', 'PUT'), fc.webPath(), type, body, (method, uri, accept, text) => {
        try {
          const vars = request({ method, uri, headers: { 'Content-Type': accept }, body: text });
          expect(vars['outcome']).toBe('failure');
        } catch (error) {
          expect(error).toMatchObject({ name: 'HttpError' });
        }
      }),
    );
  });
});
