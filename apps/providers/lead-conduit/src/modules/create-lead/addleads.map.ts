import { mapping, rowsOver } from '@occ-hub/mapping';
import { Wire } from '../../platform/wire.ts';
import { certificate, eachKey, firstGiven, phone, postalCode, words } from '../conversions.ts';
import { CreateLeadVars } from './variables.ts';

const { from, together } = rowsOver(CreateLeadVars);

// The page takes no user, no password and no campaign: they stay at home.
// prettier-ignore
export const addleadsForm = mapping({ title: 'form for /batch/addleads.asp', from: CreateLeadVars, to: Wire }, {
  // LeadPerfection   LeadConduit                                                                   conversion   note
  srs_id:             from('lead.srs_id',                                                           words,       'text: leading zeros stay'),
  firstname:          from('lead.first_name',                                                       words),
  lastname:           from('lead.last_name',                                                        words),
  email:              from('lead.email',                                                            words),
  phone1:             from('lead.phone_1',                                                          phone),
  phone2:             from('lead.phone_2',                                                          phone,       'the posted name is assumed'),
  address1:           from('lead.address_1',                                                        words),
  address2:           from('lead.address_2',                                                        words,       'the posted name is assumed'),
  city:               from('lead.city',                                                             words),
  state:              from('lead.state',                                                            words),
  zip:                from('lead.postal_code',                                                      postalCode),
  notes:              from('lead.comments',                                                         words),
  TrustedFormCertUrl: from('lead.trustedform_cert_url',                                             certificate, 'the posted name is assumed'),
  LeadAge:            together(['leadperfection.lead_age', 'trustedform.age_in_seconds'],           firstGiven,  'the posted name is assumed'),
  WebsiteOrigin:      together(['leadperfection.website_origin', 'trustedform.page_url'],           firstGiven,  'the posted name is assumed'),
  ConsentLanguage:    together(['leadperfection.consent_language', 'trustedform.verify.languages'], firstGiven,  'the posted name is assumed'),
  sender:             from('source.name',                                                           words,       'the page requires it'),
  '*':                from('leadperfection.custom.*',                                               eachKey,     'last'),
});
