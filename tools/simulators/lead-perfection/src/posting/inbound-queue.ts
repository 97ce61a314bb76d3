import type { InboundLead, LeadFields } from './inbound-lead.ts';
import { NEW_LIFE } from './inbound-lead.ts';
import { digitsOf } from './lead-fields.ts';

const FIRST_IN1_ID = 384_191;
const FIRST_PROSPECT = 700_001;
const FIRST_LEAD = 880_001;
/** So that a benchmark does not fill the memory. Numbers go on counting. */
const KEPT = 20_000;

export type Arrival = Pick<InboundLead, 'door' | 'receivedAt' | 'receivedWall' | 'raw' | 'fields' | 'sent'>;

/** What was posted, and the prospects that came of it. Nothing is recognised on arrival: two posts are two rows. */
export class InboundQueue {
  readonly #leads = new Map<number, InboundLead>();
  readonly #prospects = new Map<string, number>();
  #total = 0;
  #prospectCount = 0;
  #leadCount = 0;

  get total(): number {
    return this.#total;
  }

  receive(arrival: Arrival): InboundLead {
    const lead: InboundLead = {
      in1Id: FIRST_IN1_ID + this.#total,
      ...arrival,
      state: 'queued',
      killed: null,
      prospectId: null,
      leadNumber: null,
      appointmentId: null,
      life: { ...NEW_LIFE },
      feedback: [],
    };
    this.#total += 1;
    this.#leads.set(lead.in1Id, lead);
    if (this.#leads.size > KEPT) this.#leads.delete(lead.in1Id - KEPT);
    return lead;
  }

  get(in1Id: number): InboundLead | undefined {
    return this.#leads.get(in1Id);
  }

  /** Oldest first. */
  all(): InboundLead[] {
    return [...this.#leads.values()];
  }

  nextLeadNumber(): number {
    this.#leadCount += 1;
    return FIRST_LEAD + this.#leadCount - 1;
  }

  /** The prospect who has this phone or lives at this address; null for a stranger. */
  prospectOf(fields: LeadFields): number | null {
    for (const key of prospectKeys(fields)) {
      const known = this.#prospects.get(key);
      if (known !== undefined) return known;
    }
    return null;
  }

  /** Remembers phone and address as those of a prospect, a new one when none is given. Returns the prospect's number. */
  keepProspect(fields: LeadFields, known: number | null): number {
    if (known === null) this.#prospectCount += 1;
    const prospect = known ?? FIRST_PROSPECT + this.#prospectCount - 1;
    for (const key of prospectKeys(fields)) this.#prospects.set(key, prospect);
    return prospect;
  }
}

function prospectKeys(fields: LeadFields): string[] {
  const phones = [fields.phone1, fields.phone2].map(digitsOf).filter((digits) => digits.length >= 10);
  const address = addressKey(fields.address1, fields.zip);
  return [...phones.map((digits) => `phone ${digits}`), ...(address ? [`address ${address}`] : [])];
}

/** Street and five-digit ZIP, without case and signs; null when there is no street. */
export function addressKey(street: string | null, zip: string): string | null {
  const plain = (street ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return plain === '' ? null : `${plain} ${zip.slice(0, 5)}`;
}
