import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const tree = fileURLToPath(new URL('../../../../', import.meta.url));
const run = (command: string, args: string[], cwd: string) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe', env: bareEnvironment() });

// Neither options for Node nor folders of packages reach the process that loads the package.
function bareEnvironment() {
  const { NODE_OPTIONS: _options, NODE_PATH: _path, ...env } = process.env;
  return env;
}

let folder = '';
let unpacked = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lead-conduit-package-'));
  const built = join(folder, 'built');
  run(process.execPath, [join(tree, 'tools/setup/build-package.ts'), 'apps/providers/lead-conduit', built], tree);
  run('npm', ['pack', '--offline', '--pack-destination', folder], built);
  const [tarball = ''] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  unpacked = join(folder, 'bare');
  mkdirSync(unpacked);
  run('tar', ['-xzf', join(folder, tarball), '-C', unpacked, '--strip-components=1'], folder);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads the package in a process that has nothing else, and gives what the script prints. */
function inBareNode(script: string, node = process.execPath): unknown {
  return JSON.parse(run(node, ['-e', `const pkg = require('./index.js');${script}`], unpacked));
}

const walk = `
  const lead = { first_name: 'Pat', postal_code: '21220', phone_1: '4105550143', srs_id: '007' };
  const flag = Object.assign(new Boolean(false), { raw: 'no', valid: true });
  const vars = { lead, client_id: 'demo1', hasconsent: flag, source: { name: 'Example Media' } };
  const form = { lead, leadperfection: { subdomain: 'acme', password: 'hunter2-example' } };
  const { add_lead: add, create_lead: create } = pkg.outbound;
  const { feedback } = pkg.inbound;
  const callback = { method: 'POST', uri: '/?event_id=e', headers: { 'Content-Type': 'text/xml', Accept: 'text/xml' },
    body: '<feedback><Method>X</Method><ikrdescr>Test</ikrdescr></feedback>' };
  const read = feedback.request(callback);
  let stopped;
  try { feedback.request({ method: 'PUT', uri: '/', headers: {} }); } catch (error) { stopped = error.name + ' ' + error.status; }
  console.log(JSON.stringify({
    keys: Object.keys(pkg).sort(), name: pkg.name,
    modules: [...Object.keys(pkg.inbound), ...Object.keys(pkg.outbound)],
    faults: [add.validate({ lead: {} }), add.validate(vars), create.validate({ lead: {} }), create.validate(form)],
    added: add.request(vars), created: create.request(form), masked: form.leadperfection.password,
    answers: [
      add.response(vars, {}, { status: 200, headers: {}, body: '{"status":"OK","error":"","message":"lead added: 12"}' }),
      create.response(form, {}, { status: 200, headers: {}, body: '[OK]' }),
    ],
    read, replied: feedback.response(callback, { ...read, lead: { id: 'l-1' } }).body, stopped,
    counts: [add.request.variables().length, create.request.variables().length, feedback.request.variables().length],
  }));`;

// The Node that runs npm may be an older one than the hub's own, and that is what the platform may have as well.
describe.each([
  ["the hub's Node", process.execPath],
  ['the Node of the machine', 'node'],
])('the packed package in a bare process, on %s', (_which, node) => {
  it('runs every module', () => {
    expect(inBareNode(walk, node)).toEqual({
      keys: ['inbound', 'name', 'outbound'],
      name: 'LeadPerfection',
      modules: ['feedback', 'add_lead', 'create_lead'],
      faults: ['client_id must not be blank', null, 'leadperfection.subdomain must not be blank', null],
      added: {
        url: 'https://lppost.leadperfection.com/demo1/addlead',
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: '{"firstname":"Pat","zip":"21220","phone1":"4105550143","srs_id":"007","sender":"Example Media","HasConsent":"false"}',
      },
      created: {
        url: 'https://acme.leadperfection.com/batch/LeadFormExtraFields.asp',
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html, text/plain' },
        body: 'srs_id=007&txtFirstName=Pat&txtPhone=4105550143&txtZip=21220&txtPassword=hunter2-example',
      },
      masked: '***************',
      answers: [{ outcome: 'success', lead_id: '12' }, { outcome: 'success' }],
      read: { outcome: 'success', type: 'return', reason: 'Test', eventid: 'e', method: 'X', ikrdescr: 'Test' },
      replied:
        '<?xml version="1.0" encoding="UTF-8"?>\n<result><outcome>success</outcome><reason/><lead><id>l-1</id></lead><price>0</price></result>',
      stopped: 'HttpError 405',
      counts: [66, 33, 37],
    });
  });
});

it('has nothing of the hub in it, and asks for no package', () => {
  const code = readFileSync(join(unpacked, 'index.js'), 'utf8');
  const servers = /^node_modules\/(kafkajs|@nats-io\/.*|nats|mongoose|mongodb|express|undici|pino|luxon)$/;
  // The bundler names every file that it took in.
  const parts = [
    ...code.matchAll(/^\/\/ (node_modules\/(?:@[^/]+\/)?[^/]+|libs\/[^/]+|apps\/providers\/[^/]+)\/\S+$/gm),
  ];
  const ours = new Set(parts.map(([, part = '']) => part).filter((part) => !part.startsWith('node_modules')));
  const theirs = new Set(parts.map(([, part = '']) => part).filter((part) => part.startsWith('node_modules')));
  expect([...ours].sort()).toEqual(['apps/providers/lead-conduit', 'libs/errors', 'libs/mapping']);
  expect([...theirs].filter((part) => servers.test(part))).toEqual([]);
  expect([...theirs]).toContain('node_modules/fast-xml-parser');
  expect(readFileSync(join(unpacked, 'licenses.txt'), 'utf8')).toMatch(/^fast-xml-parser$/m);
  expect([...code.matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, module]) => module)).toEqual([]);
  expect(code).not.toContain(tree);
  const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ name: 'leadconduit-leadperfection', main: 'index.js' });
  expect(manifest['dependencies']).toBeUndefined();
});

it('has the pages and the icon that the platform shows', () => {
  const frontMatter = (page: string) => {
    const [, head = '', text = ''] = readFileSync(join(unpacked, 'docs', page), 'utf8').split(/^---$/m);
    const facts = head
      .trim()
      .split('\n')
      .map((line) => line.split(/:\s(.*)/).slice(0, 2));
    return { ...(Object.fromEntries(facts) as Record<string, string>), text: text.trim() };
  };
  expect(frontMatter('index.md')).toMatchObject({ provider: 'LeadPerfection', name: 'LeadPerfection' });
  const pages = [
    ['outbound.add_lead.md', 'Add Lead', 'delivery'],
    ['outbound.create_lead.md', 'Create Lead (deprecated)', 'delivery'],
    ['inbound.feedback.md', 'Feedback', 'inbound'],
  ] as const;
  for (const [page, name, type] of pages) {
    const { text, ...facts } = frontMatter(page);
    expect(facts).toMatchObject({ name, integration_type: type, tag: 'CRM' });
    expect(text.length).toBeGreaterThan(20);
  }
  const icon = join(unpacked, 'lib/ui/public/images/icon.png');
  expect(existsSync(icon)).toBe(true);
  expect(readFileSync(icon).subarray(1, 4).toString()).toBe('PNG');
});
