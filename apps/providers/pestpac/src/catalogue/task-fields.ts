import { choice, closed, code, codeWhere, date, lines, of, text } from './field.ts';

const salesCenter = 'It means a lead of the Sales Center, not one that this integration creates.';

/** `POST /Tasks`, line by line. */
export const taskFields = of('Task', [
  closed('LocationID', 'integer', 'The run knows it.'),
  closed('OrderID', 'integer', 'A task is created before the services.'),
  code('TaskType', 'TaskTypes'),
  codeWhere('TaskForUser', { list: 'Employees', allows: (employee) => employee.user !== false }),
  text('Subject', 50, { required: true }),
  lines('Description'),
  choice('Priority', ['Low', 'Medium', 'High'], { otherwise: 'Medium' }),
  choice('Status', ['Open', 'Closed', 'Deferred'], { otherwise: 'Open' }),
  date('StartDate'),
  date('DueDate'),
  closed('LeadID', 'text', salesCenter),
  closed('LeadWorkflowStepID', 'text', salesCenter),
]);
