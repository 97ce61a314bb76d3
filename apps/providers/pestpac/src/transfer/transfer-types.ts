import type { Category } from '../catalogue/category.ts';
import type { Codes, LookupList } from '../catalogue/codes.ts';
import type { CardFacts } from '../disposition.ts';
import type { MappingRow } from '../mappings/mappings.ts';
import type { Steps } from '../triggers/triggers.ts';
import type { LocationKey } from './location-keys.ts';
import type { Marks } from './marks.ts';

/** What PestPac is sent, or a part of it. */
export type Body = Readonly<Record<string, unknown>>;

export interface TransferAsk {
  /** The lead's values by ClickPoint's names. */
  readonly record: Readonly<Record<string, string>>;
  readonly mappings: readonly MappingRow[];
  /** What the trigger does: only rows of its categories count. */
  readonly steps: Steps;
  /** IANA zone of the company's wall clock. */
  readonly timeZone: string;
  /** Milliseconds. */
  readonly now: number;
  readonly marks: Marks;
  readonly card?: CardFacts | undefined;
  /** The lists at hand, `{}` where none is. Undefined: nobody asked for them yet, so codes are not judged. */
  readonly codes?: Codes | undefined;
}

/** A field that has to be put right before anything is sent. */
export interface TransferFault {
  readonly category: Category;
  readonly pestpac_field: string;
  /** Where to put it right. Null where it is a matter of the mappings. */
  readonly clickpoint_field: string | null;
  /** For the user; never a value of the lead. */
  readonly message: string;
}

/** What was changed on the way and stops nothing. Never a value of the lead. */
export interface TransferWarning {
  readonly category: Category;
  readonly pestpac_field: string;
  readonly message: string;
}

/** A value, other than a phone, that narrows what was found. */
export interface SearchTerm {
  readonly field: string;
  readonly value: string;
  readonly option: 'optional' | 'required';
}

/** What a location is looked for by. */
export interface Search {
  /** False where the mappings switched searching off. */
  readonly on: boolean;
  /** Ten digits each, none twice; those of required fields first. Empty: there is nothing to look for. */
  readonly phones: readonly string[];
  readonly terms: readonly SearchTerm[];
}

/** What is said when a card is linked to a recurring service. */
export interface CardLink {
  readonly autoBill: boolean;
  /** On the company's wall clock. */
  readonly autoBillEndDate?: string;
}

/** Everything of a lead that can be sent. */
export interface Ready {
  readonly ok: true;
  /** By category, without the ids that a run learns. Only categories whose step is on; Card only with a card. */
  readonly values: Partial<Readonly<Record<Category, Body>>>;
  readonly search: Search;
  readonly link: CardLink;
  /** By what a location that is made of this can be searched for. */
  readonly keys: readonly LocationKey[];
  /** Lists that its codes were to be checked by and that were not at hand. */
  readonly unread: readonly LookupList[];
  readonly warnings: readonly TransferWarning[];
}

export type Transfer = { readonly ok: false; readonly faults: readonly TransferFault[] } | Ready;
