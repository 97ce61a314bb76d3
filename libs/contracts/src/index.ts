export { ExternalId, HubId, Instant, ProviderId, TimeZone } from './entities/ids.ts';
export { Address, Appointment, Job, Metadata, Note, Phone, SalesOpportunity } from './entities/job.ts';
export { DocumentReference, DocumentType } from './entities/document.ts';
export {
  AuthorizationKind,
  CallsUsed,
  ConnectionState,
  CrmUser,
  LookupEntry,
  lookupLists,
  Lookups,
} from './entities/connection.ts';
export { SyncRun } from './entities/sync-run.ts';
export {
  ChoiceOption,
  DeliveryChoice,
  DeliveryDetail,
  DeliveryFilter,
  DeliveryState,
  DeliverySummary,
  Exchange,
} from './entities/delivery.ts';
export { topicLayouts, topics, type Topic, type TopicLayout } from './topics.ts';
export { connectionSubject, EventAttributes, jobSubject } from './events/attributes.ts';
export { eventOf, isEvent, type EventDefinition, type HubEvent, type NewEventAttributes } from './events/define.ts';
export { ConnectionChanged } from './events/connection.ts';
export { AppointmentRemoved, AppointmentUpserted, JobUpserted } from './events/inbound.ts';
export { JobLead, LeadFeedbackReceived, LeadSubmitted, leadSubject } from './events/leads.ts';
export { AppointmentResulted, DocumentSigned, NoteAdded, OpportunityResulted } from './events/outbound.ts';
export { WriteOutcome, WriteSettled } from './events/settled.ts';
export { eventCatalogue } from './events/catalogue.ts';
export { decodeEvent, encodeEvent, type Decoded, type DecodeFault, type WireRecord } from './events/wire.ts';
export { coreSubject, defineCommand, providerSubject, Reply, type CommandDefinition } from './commands/define.ts';
export { getDocument, keepCrmLists, keepCrmUsers, listUserLinks, usersAtOnce } from './commands/core-questions.ts';
export {
  ConfigurationPartName,
  ConfigurationState,
  ConfigurationVersion,
  listConfigurationVersions,
  previewTransfer,
  readConfiguration,
  restoreConfiguration,
  saveConfiguration,
} from './commands/configuration-commands.ts';
export {
  abortDelivery,
  announceSubject,
  ApiKey,
  authorize,
  beginConsent,
  connectionHealth,
  createKey,
  chooseDelivery,
  consentCookie,
  describeProvider,
  disconnect,
  getDelivery,
  listKeys,
  listRuns,
  pauseConnection,
  progressSubject,
  replayDeliveries,
  revokeKey,
  saveSettings,
  searchDeliveries,
  syncLookups,
  syncNow,
  syncUsers,
} from './commands/provider-commands.ts';
