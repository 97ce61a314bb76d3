import { z } from 'zod';
import type { Switches } from '../settings.ts';
import type { Task } from './lead.ts';
import { isBlank, limitedTexts } from './limited-text.ts';
import { taskBody } from './task-body.ts';

/** What a new client is made of; absent parts are empty. */
export interface PortalLead {
  first_name: string;
  last_name: string;
  company_name: string;
  email: string;
  phone: string;
  mobile: string;
  bill_addr_1: string;
  bill_addr_2: string;
  bill_addr_city: string;
  bill_addr_state: string;
  bill_addr_postal_code: string;
}

/** A body of `POST /jobs` that is well formed. Whether the account knows what it names is another question. */
export interface WantedLead {
  clientId: number | null;
  name: string;
  notes: string;
  operationId: number;
  customFieldValues: { custom_input_id: number; value: string }[];
  portalLead: PortalLead | null;
  visitStageId: number;
  taskWanted: boolean;
  task: Task | null;
  ignored: string[];
}

/** Reads a body in the layout in force, or says everything that is wrong with its form. */
export function readJobBody(body: object, switches: Switches): WantedLead | { errors: string[] } {
  const parsed = bodySchema(switches).safeParse(body);
  if (!parsed.success) return { errors: [...new Set(parsed.error.issues.map(({ message }) => message))] };
  const { job, visit, task, job_task_create: taskWanted } = parsed.data;
  const portalLead = (switches.layout === 'A' ? parsed.data.portal_lead : job.portal_lead) ?? null;
  return {
    clientId: job.client_id || null,
    name: job.name,
    notes: job.notes,
    operationId: job.operation_id,
    customFieldValues: job.custom_field_values ?? [],
    portalLead: portalLead && Object.values(portalLead).every(isBlank) ? null : portalLead,
    visitStageId: visit.visit_stage_id,
    taskWanted: taskWanted ?? false,
    task: task ?? null,
    ignored: ignoredKeys(body, parsed.data, ''),
  };
}

function bodySchema({ overLimit, layout }: Switches) {
  const text = limitedTexts(overLimit);
  const portalLead = portalLeadBody(text).nullish();
  const nowhere = z.undefined().optional().catch(undefined);
  return z.object(
    {
      job: z.object(
        {
          client_id: z.union([z.int(), z.literal('')], { error: 'Client must exist' }).nullish(),
          name: text('Name', 41).refine((value) => !isBlank(value), "Name can't be blank"),
          notes: text('Notes', 4000),
          operation_id: z.int({ error: 'Operation must exist' }),
          custom_field_values: z
            .array(
              z.object(
                {
                  custom_input_id: z.int({ error: 'Custom input must exist' }),
                  value: text('Custom field value', 4000),
                },
                { error: 'Custom field values are a list of objects' },
              ),
              { error: 'Custom field values are a list of objects' },
            )
            .nullish(),
          portal_lead: layout === 'B' ? portalLead : nowhere,
        },
        { error: 'param is missing or the value is empty: job' },
      ),
      portal_lead: layout === 'A' ? portalLead : nowhere,
      visit: z.object(
        { visit_stage_id: z.int({ error: 'Visit stage must exist' }) },
        { error: 'Visit stage must exist' },
      ),
      job_task_create: z.boolean({ error: 'job_task_create is neither true nor false' }).nullish(),
      task: taskBody(overLimit).nullish(),
    },
    { error: 'The body is not an object' },
  );
}

function portalLeadBody(text: ReturnType<typeof limitedTexts>) {
  return z.object(
    {
      first_name: text('First name', 255),
      last_name: text('Last name', 255),
      company_name: text('Company name', 255),
      email: text('Email', 255),
      phone: text('Phone', 255),
      mobile: text('Mobile', 255),
      bill_addr_1: text('Address', 255),
      bill_addr_2: text('Address 2', 255),
      bill_addr_city: text('City', 255),
      bill_addr_state: text('State', 5),
      bill_addr_postal_code: text('Zip', 255),
    },
    { error: 'Portal lead is not an object' },
  );
}

/** What the reading dropped: an unknown key is no error to the vendor, but a test wants to see it. */
function ignoredKeys(sent: unknown, read: unknown, path: string): string[] {
  if (typeof sent !== 'object' || sent === null) return [];
  const kept = (read ?? {}) as Record<string, unknown>;
  return Object.entries(sent)
    .filter(([key]) => path !== '' || (key !== 'user_email' && key !== 'user_token'))
    .flatMap(([key, value]) => {
      const here = path === '' ? key : `${path}.${key}`;
      const dropped = value !== undefined && value !== null && kept[key] === undefined;
      return dropped ? [here] : ignoredKeys(value, kept[key], here);
    });
}
