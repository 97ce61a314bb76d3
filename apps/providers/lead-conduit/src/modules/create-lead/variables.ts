import * as z from 'zod';
import { type Read, variables } from '../../platform/variables.ts';

// prettier-ignore
export const createLeadVariables = variables([
  // name                              label on the page                   type               description
  ['lead.srs_id',                      'Srs Id',                           'string',          'SRS ID'],
  ['lead.first_name',                  'First Name',                       'first_name',      'First name'],
  ['lead.last_name',                   'Last Name',                        'last_name',       'Last name'],
  ['lead.email',                       'Email',                            'email',           'Email address'],
  ['lead.phone_1',                     'Phone 1',                          'phone',           'Phone 1 (home)', { required: true }],
  ['lead.phone_2',                     'Phone 2',                          'phone',           'Phone 2 (cell)'],
  ['lead.address_1',                   'Address 1',                        'street',          'Address 1'],
  ['lead.address_2',                   'Address 2',                        'string',          'Address 2'],
  ['lead.city',                        'City',                             'city',            'City'],
  ['lead.state',                       'State',                            'state',           'State'],
  ['lead.postal_code',                 'Postal Code',                      'postal_code',     'Postal code', { required: true }],
  ['lead.comments',                    'Comments',                         'string',          'Comments - used only for Easy Climber site/landing pages, otherwise null'],
  ['lead.trustedform_cert_url',        'Trustedform Cert Url',             'trustedform_url', 'TrustedForm cert URL (only used with "addleads" action)'],
  ['leadperfection.subdomain',         'Leadperfection Subdomain',         'string',          'LeadPerfection subdomain'],
  ['leadperfection.action',            'Leadperfection Action',            'string',          'LeadPerfection action to execute, i.e. LeadFormExtraFields or LeadFormTransfer, defaults to LeadFormExtraFields', { default: 'LeadFormExtraFields' }],
  ['leadperfection.userid',            'Leadperfection Userid',            'string',          'UID assigned by LeadPerfection'],
  ['leadperfection.password',          'Leadperfection Password',          'credential',      'Password assigned by LeadPerfection'],
  ['leadperfection.campaign_media',    'Leadperfection Campaign Media',    'string',          'Campaign Media'],
  ['leadperfection.campaign_label',    'Leadperfection Campaign Label',    'string',          'Campaign Label'],
  ['leadperfection.details',           'Leadperfection Details',           'string',          'Details'],
  ['leadperfection.dialed_tollfree',   'Leadperfection Dialed Tollfree',   'string',          'Dialed Tollfree - changes depending on LeadPerfection bucket'],
  ['leadperfection.media1',            'Leadperfection Media1',            'string',          'Media1'],
  ['leadperfection.media2',            'Leadperfection Media2',            'string',          'Media2'],
  ['leadperfection.media3',            'Leadperfection Media3',            'string',          'Media3'],
  ['leadperfection.media4',            'Leadperfection Media4',            'string',          'Media4 - used to pass Experian phone certainty value'],
  ['leadperfection.media5',            'Leadperfection Media5',            'string',          'Media5 - used to pass Experian phone type value'],
  ['leadperfection.media6',            'Leadperfection Media6',            'string',          'Media6'],
  ['leadperfection.media7',            'Leadperfection Media7',            'string',          'Media7'],
  ['leadperfection.custom.*',          'Leadperfection Custom',            'wildcard',        ''],
  ['leadperfection.lead_age',          'Leadperfection Lead Age',          'number',          'Age of lead (defaults to value of trustedform.age_in_seconds; only used with "addleads" action)', { defaultFrom: 'trustedform.age_in_seconds' }],
  ['leadperfection.website_origin',    'Leadperfection Website Origin',    'url',             'Website origin (defaults to value of trustedform.page_url; only used with "addleads" action)', { defaultFrom: 'trustedform.page_url' }],
  ['leadperfection.consent_language',  'Leadperfection Consent Language',  'string',          'Consent language (defaults to concatenated values of trustedform.verify.languages; only used with "addleads" action)', { defaultFrom: 'trustedform.verify.languages' }],
  ['timeout_seconds',                  'Timeout Seconds',                  'number',          'Produce an "error" outcome if the server fails to respond within this number of seconds (default: 360)', { default: '360' }],
]);

/** What other steps and the platform itself fill, and the tables below read. */
export const createLeadDefaults = [
  'source.name',
  'trustedform.age_in_seconds',
  'trustedform.page_url',
  'trustedform.verify.languages',
] as const;

type Name = (typeof createLeadVariables)[number]['name'] | (typeof createLeadDefaults)[number];

/** LeadConduit's variables as the tables read them. */
export const CreateLeadVars = z.custom<Read<Name>>((value) => typeof value === 'object' && value !== null);
