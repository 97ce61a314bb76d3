import type { EndpointAnswer, EndpointProblem } from '@occ-hub/provider-kit';
import { htmlAnswer } from './html-answer.ts';
import { sorryPage } from './page.ts';

const again = 'Please go back, wait a minute and send it again: what you typed is still there.';

const words: Readonly<Record<string, string>> = {
  'card-number.refused':
    'Please leave the card number out: never send one by a form. Go back, take it out and send it again.',
  '429': `Too much was sent from here within a minute. ${again}`,
  '503': `We cannot take this at the moment. ${again}`,
  '400': 'This could not be read. Please open the page anew and try again.',
  '422': 'This could not be taken. Please go back, look it over and send it again.',
};
const shut = 'This form is not open at the moment. Please reach us another way.';

/**
 * What visitors see who are refused before the form is read. It says nothing of keys and connections: that is the business of
 * whoever set up the page. Whose form it is is not known then, so it may stand in any page; there is nothing on it to press.
 */
export function problemPage({ status, code }: EndpointProblem): EndpointAnswer {
  return htmlAnswer(sorryPage('Sorry', words[code] ?? words[String(status)] ?? shut), { status, sites: ['*'] });
}
