import type { Call, Route } from '../api/route.ts';
import type { Answer } from '../api/answer.ts';
import type { Fields } from '../records/value.ts';
import { done, found } from '../api/answer.ts';
import { route } from '../api/route.ts';
import { filled } from '../records/filled.ts';
import { TASK_FIELDS } from '../tables/task-fields.ts';
import { bodyOf, rowAt, rowNamed } from './read.ts';

export const taskRoutes: readonly Route[] = [
  route('GET', '/Tasks', (call) => {
    const userId = call.query.text('userId');
    const users = call.company.lookups.Employees;
    const user = users.find((one) => String(one['UserID']) === userId || one['Username'] === userId);
    const tasks = call.company.books.tasks.all();
    return found(
      shownTasks(call, userId === '' ? tasks : tasks.filter((one) => one['TaskForUser'] === user?.['Username'])),
    );
  }),
  route('POST', '/Tasks', (call) => done(call.company.books.tasks.add(taskOf(call)))),
  route('GET', '/Tasks/{id}', (call) => found(rowAt(call, call.company.books.tasks))),
  route('PUT', '/Tasks/{id}', (call) => {
    const { TaskID } = rowAt(call, call.company.books.tasks);
    return done(call.company.books.tasks.put(TaskID as number, taskOf(call)));
  }),
  route('DELETE', '/Tasks/{id}', (call): Answer => {
    const row = rowAt(call, call.company.books.tasks);
    call.company.books.tasks.remove(row['TaskID'] as number);
    return done(row);
  }),
];

/** Open tasks unless the call says otherwise, closed ones only when it asks for them. */
export function shownTasks({ query }: Call, tasks: readonly Fields[]): Fields[] {
  const open = query.flag('includeOpen', true);
  const closed = query.flag('includeClosed', false);
  return tasks.filter((task) => (task['Status'] === 'Closed' ? closed : open));
}

function taskOf(call: Call): Fields {
  const { company } = call;
  const given = bodyOf(call, TASK_FIELDS);
  if ((given['LocationID'] ?? 0) !== 0) rowNamed(company.books.locations, given);
  if ((given['OrderID'] ?? 0) !== 0) rowNamed(company.books.orders, given);
  const ClosedDate = given['Status'] === 'Closed' ? company.clock.local() : null;
  return { ...filled(TASK_FIELDS, given), ClosedDate, FoundIn: 'Current', Notes: [] };
}
