import { addLeadModule } from './modules/add-lead/add-lead.ts';
import { createLeadModule } from './modules/create-lead/create-lead.ts';
import { feedbackModule } from './modules/feedback/feedback.ts';

/** What LeadConduit loads: the provider's name and its modules. */
export const name = 'LeadPerfection';
export const inbound = { feedback: feedbackModule() };
export const outbound = { add_lead: addLeadModule(), create_lead: createLeadModule() };
