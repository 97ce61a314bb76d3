import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, type EmailLinkFacts, linkByEmail } from './link-by-email.ts';

const user = (crm_id: string, email?: string) => ({ crm_id, name: crm_id, ...(email === undefined ? {} : { email }) });
const member = (id: string, email: string) => ({ id, email });
const decide = (facts: Partial<EmailLinkFacts>) =>
  linkByEmail({
    users: [user('u1', 'Ann@Example.com ')],
    links: [],
    members: [member('m1', 'ann@example.com')],
    ...facts,
  });

describe('a link by e-mail', () => {
  it('is made where one CRM user and one member have the address, case and blanks aside', () => {
    expect(decide({})).toEqual([{ crm_id: 'u1', member: 'm1' }]);
  });

  it('is not made where two CRM users or two members have the address', () => {
    expect(decide({ users: [user('u1', 'ann@example.com'), user('u2', 'ANN@example.com')] })).toEqual([]);
    expect(decide({ members: [member('m1', 'ann@example.com'), member('m2', 'Ann@example.com')] })).toEqual([]);
  });

  it('is made for a user whom the CRM lists twice', () => {
    expect(decide({ users: [user('u1', 'ann@example.com'), user('u1', 'ann@example.com')] })).toHaveLength(1);
  });

  it('is not made for a user whom the CRM lists with the addresses of two members', () => {
    const users = [user('u1', 'ann@example.com'), user('u1', 'bob@example.com')];
    expect(decide({ users, members: [member('m1', 'ann@example.com'), member('m2', 'bob@example.com')] })).toEqual([]);
  });

  it('is not made where a person made the link inactive, or linked the user to somebody else', () => {
    expect(decide({ links: [{ crm_id: 'u1', member: 'm1', active: false }] })).toEqual([]);
    expect(decide({ links: [{ crm_id: 'u1', member: 'm9', active: true }] })).toEqual([]);
  });

  it('is not made to a member who has a link already, but to one whose link is inactive', () => {
    expect(decide({ links: [{ crm_id: 'u9', member: 'm1', active: true }] })).toEqual([]);
    expect(decide({ links: [{ crm_id: 'u9', member: 'm1', active: false }] })).toHaveLength(1);
  });

  it('is never made by an address that is blank', () => {
    expect(decide({ users: [user('u1', ' '), user('u2')], members: [member('m1', ''), member('m2', ' ')] })).toEqual(
      [],
    );
  });
});

const emails = fc.constantFrom('', ' ', 'a@example.com', 'A@example.com ', 'b@example.com', 'c@example.com');
const facts: fc.Arbitrary<EmailLinkFacts> = fc.record({
  users: fc.array(
    fc.record({ crm_id: fc.constantFrom('u1', 'u2', 'u3', 'u4'), name: fc.constant('Somebody'), email: emails }),
  ),
  links: fc.uniqueArray(
    fc.record({
      crm_id: fc.constantFrom('u1', 'u2', 'u3', 'u4'),
      member: fc.constantFrom('m1', 'm2', 'm3'),
      active: fc.boolean(),
    }),
    { selector: ({ crm_id }) => crm_id },
  ),
  members: fc.uniqueArray(fc.record({ id: fc.constantFrom('m1', 'm2', 'm3'), email: emails }), {
    selector: ({ id }) => id,
  }),
});

describe('links by e-mail, whatever is held', () => {
  it('touch no link that is there, and give nobody a second one', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const made = linkByEmail(given);
        const active = given.links.filter((link) => link.active).map((link) => link.member);
        for (const { crm_id } of made) expect(given.links.map((link) => link.crm_id)).not.toContain(crm_id);
        const members = [...active, ...made.map((link) => link.member)];
        expect(new Set(members).size).toBe(new Set(active).size + made.length);
        expect(new Set(made.map(({ crm_id }) => crm_id)).size).toBe(made.length);
      }),
    );
  });

  it('join people of one address that nobody else has', () => {
    fc.assert(
      fc.property(facts, (given) => {
        for (const { crm_id, member: id } of linkByEmail(given)) {
          const address = addressOf(given.members.find((one) => one.id === id)?.email);
          expect(address).not.toBe('');
          const users = given.users.filter(({ email }) => addressOf(email) === address);
          const members = given.members.filter(({ email }) => addressOf(email) === address);
          expect([...new Set(users.map((one) => one.crm_id))]).toEqual([crm_id]);
          expect(members.map((one) => one.id)).toEqual([id]);
        }
      }),
    );
  });

  it('are all made at once: asked again, nothing is left to link', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const made = linkByEmail(given).map((link) => ({ ...link, active: true }));
        expect(linkByEmail({ ...given, links: [...given.links, ...made] })).toEqual([]);
      }),
    );
  });
});
