/** The PestPac modules that a mapping's row can belong to, in the order of a run. */
export const categories = ['Location', 'Lead', 'Task', 'Service', 'RecurringService', 'Card'] as const;
export type Category = (typeof categories)[number];
