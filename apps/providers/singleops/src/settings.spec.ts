import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Settings } from './settings.ts';
import { settingsWith } from './testing/account.ts';

describe('the settings', () => {
  it('need an API user and a zone, and know the rest', () => {
    const entered = settingsWith({ operation_id: null });
    const { visit_stage_id: stage, layout, several_matches: several } = entered;
    expect([entered.operation_id, entered.failure_email]).toEqual([undefined, undefined]);
    expect({ stage, layout, several }).toEqual({ stage: 8, layout: 'A', several: 'newest' });
    for (const name of ['user_email', 'user_token', 'time_zone'])
      expect(() => settingsWith({ [name]: null })).toThrow();
  });

  it('mark what the API user logs in with as secret', () => {
    const schema = z.toJSONSchema(Settings, { io: 'input' }) as { properties: Record<string, { writeOnly?: boolean }> };
    const hidden = Object.entries(schema.properties).filter(([, property]) => property.writeOnly);
    expect(hidden.map(([name]) => name)).toEqual(['user_email', 'user_token']);
  });

  it('take sites of the form by their https origin alone', () => {
    expect(settingsWith({ form_sites: ['https://www.example.com/'] }).form_sites).toEqual(['https://www.example.com']);
    for (const site of [
      ...[
        'http://www.example.com',
        'https://www.example.com/page',
        'www.example.com',
        'https://*.example.com',
        'https://a.example.com;sandbox',
      ],
      ...["https://www.example.com; script-src 'unsafe-inline'", 'https://a.example.com https://b.example.com'],
    ])
      expect(() => settingsWith({ form_sites: [site] })).toThrow(/https address/);
  });
});
