export { newSecrets, startHub, type Hub, type HubOptions, type HubSecrets } from './hub.ts';
export { readServiceList, root, type ServiceLine } from './service-list.ts';
export type { ServiceProcess } from './service-process.ts';
export { startSimulators, type Simulators } from './simulators.ts';
