import { createHash } from 'node:crypto';

/** A file the company received. `owner` says whether it hangs on an issued lead (ils) or a sold job (job). */
export interface StoredDocument {
  id: number;
  owner: 'ils' | 'job';
  recid: number;
  filename: string;
  docdescr: string;
  dtyid: number;
  size: number;
  sha256: string;
  user: string;
  /** The company's wall clock when it came in. */
  enteredAt: string;
}

/** The files received, oldest first. Beyond `bytesKept` the oldest files keep their record but lose their bytes. */
export class Documents {
  readonly #documents: StoredDocument[] = [];
  readonly #bytes = new Map<number, Buffer>();
  readonly #bytesKept: number;
  #held = 0;
  #lastId = 7000;

  constructor(bytesKept = 256 * 1024 * 1024) {
    this.#bytesKept = bytesKept;
  }

  store(document: Omit<StoredDocument, 'id' | 'size' | 'sha256'>, bytes: Buffer): StoredDocument {
    this.#lastId += 1;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const stored: StoredDocument = { id: this.#lastId, ...document, size: bytes.length, sha256 };
    this.#documents.push(stored);
    this.#bytes.set(stored.id, bytes);
    this.#held += bytes.length;
    this.#letGo();
    return stored;
  }

  all(): StoredDocument[] {
    return this.#documents;
  }

  of(owner: StoredDocument['owner'], recid: number): StoredDocument[] {
    return this.#documents.filter((document) => document.owner === owner && document.recid === recid);
  }

  get(id: number): StoredDocument | undefined {
    return this.#documents.find((document) => document.id === id);
  }

  /** The bytes exactly as received; undefined for an unknown document or one whose bytes were let go. */
  bytes(id: number): Buffer | undefined {
    return this.#bytes.get(id);
  }

  #letGo(): void {
    for (const [id, bytes] of this.#bytes) {
      if (this.#held <= this.#bytesKept || this.#bytes.size === 1) return;
      this.#bytes.delete(id);
      this.#held -= bytes.length;
    }
  }
}
