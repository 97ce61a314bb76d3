export { apiAs, tokenFor, type Api } from './api.ts';
export { check, until } from './check.ts';
export { authorizeInBrowser } from './improveit360/browser.ts';
export { connectTo, connectionPath, newOffice, openOffice, syncNow, type Office, type Run } from './office.ts';
