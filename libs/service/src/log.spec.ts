import { HubError } from '@occ-hub/errors';
import { describe, expect, it } from 'vitest';
import { createLog, type LogLevel } from './log.ts';
import type { LogFields } from './log-fields.ts';
import { Secret } from './secret.ts';
import { withTrace } from './trace.ts';

function recorded(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLog({ service: 'core', level, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

describe('createLog', () => {
  it('prints JSON with the service, the level by name, an ISO time and the given fields', () => {
    const { log, last } = recorded();
    log.info({ eventId: 'e1', attempt: 2, outcome: 'stored' }, 'event stored');
    expect(last()).toMatchObject({ service: 'core', level: 'info', eventId: 'e1', attempt: 2, msg: 'event stored' });
    expect(last()['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('drops every field it does not know, so planted secrets and names never reach the output', () => {
    const { log, lines } = recorded();
    const planted = { password: 'hunter2', customer_name: 'Ada Example', nested: { token: 'hunter2' }, code: 'x' };
    log.error(planted as LogFields, 'failed');
    log.child(planted as LogFields).warn({ state: { name: 'Ada Example' } } as unknown as LogFields, 'failed again');
    log.info({ code: new Secret('hunter2') } as unknown as LogFields, 'failed once more');
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toMatch(/hunter2|Ada/);
  });

  it('prints an error as kind, code, message and stack, with its causes', () => {
    const { log, last } = recorded();
    const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    log.error({ error: new HubError({ kind: 'transient', code: 'store.away', message: 'away', cause }) }, 'failed');
    expect(last()['error']).toMatchObject({
      kind: 'transient',
      code: 'store.away',
      message: 'away',
      stack: expect.stringContaining('log.spec.ts'),
      cause: { name: 'Error', code: 'ECONNREFUSED', message: expect.stringContaining('127.0.0.1') },
    });
  });

  it('does not repeat what a foreign error quotes', () => {
    const { log, lines } = recorded();
    const thrown = [
      () => JSON.parse('Ada Example lives here'),
      () => {
        throw new Error('E11000 dup key: { email: "ada@example.com" }');
      },
      () => {
        throw new Error('no mailbox ada@example.com');
      },
    ];
    for (const act of thrown) {
      try {
        act();
      } catch (error) {
        log.error({ error }, 'failed');
      }
    }
    log.error({ error: 'ada@example.com' }, 'failed');
    expect(lines).toHaveLength(4);
    expect(lines.join()).not.toMatch(/Ada|ada@/);
  });

  it('carries the trace under way, and the fields of its parents', () => {
    const { log, last } = recorded();
    const trace = 'a'.repeat(32);
    withTrace(`00-${trace}-${'b'.repeat(16)}-01`, () => log.child({ provider: 'pestpac' }).info({}, 'hop'));
    expect(last()).toMatchObject({ traceId: trace, provider: 'pestpac' });
  });

  it('keeps quiet below its level', () => {
    const { log, lines } = recorded('warn');
    log.info({}, 'hop');
    expect(lines).toEqual([]);
  });
});
