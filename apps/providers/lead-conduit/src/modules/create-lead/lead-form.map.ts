import { mapping, rowsOver } from '@occ-hub/mapping';
import { Wire } from '../../platform/wire.ts';
import { eachKey, phone, postalCode, words } from '../conversions.ts';
import { CreateLeadVars } from './variables.ts';

const { from } = rowsOver(CreateLeadVars);

// prettier-ignore
export const leadForm = mapping({ title: 'form for /batch/LeadFormExtraFields.asp and /batch/LeadFormTransfer.asp', from: CreateLeadVars, to: Wire }, {
  // LeadPerfection   LeadConduit                             conversion   note
  srs_id:             from('lead.srs_id',                     words,       'text: leading zeros stay'),
  txtFirstName:       from('lead.first_name',                 words),
  txtLastName:        from('lead.last_name',                  words),
  txtEmail:           from('lead.email',                      words),
  txtPhone:           from('lead.phone_1',                    phone),
  txtPhone2:          from('lead.phone_2',                    phone,       'the posted name is assumed'),
  txtAddress:         from('lead.address_1',                  words),
  txtAddress2:        from('lead.address_2',                  words,       'the posted name is assumed'),
  txtCity:            from('lead.city',                       words),
  txtState:           from('lead.state',                      words),
  txtZip:             from('lead.postal_code',                postalCode),
  txtComments:        from('lead.comments',                   words,       'the posted name is assumed'),
  txtUserID:          from('leadperfection.userid',           words),
  txtPassword:        from('leadperfection.password',         words),
  txtCampaign_Media:  from('leadperfection.campaign_media',   words,       'the posted name is assumed'),
  txtCampaign_Label:  from('leadperfection.campaign_label',   words,       'the posted name is assumed'),
  txtDetails:         from('leadperfection.details',          words,       'the posted name is assumed'),
  txtDialed_Tollfree: from('leadperfection.dialed_tollfree',  words),
  txtMedia1:          from('leadperfection.media1',           words,       'the posted name is assumed'),
  txtMedia2:          from('leadperfection.media2',           words,       'the posted name is assumed'),
  txtMedia3:          from('leadperfection.media3',           words,       'the posted name is assumed'),
  txtMedia4:          from('leadperfection.media4',           words,       'the posted name is assumed'),
  txtMedia5:          from('leadperfection.media5',           words,       'the posted name is assumed'),
  txtMedia6:          from('leadperfection.media6',           words,       'the posted name is assumed'),
  txtMedia7:          from('leadperfection.media7',           words,       'the posted name is assumed'),
  '*':                from('leadperfection.custom.*',         eachKey,     'last'),
});
