/** Who may not do what. Everything is allowed until it is denied; names of users and actions in any case. */
export class Permissions {
  readonly #denied = new Set<string>();

  setAction(user: string, action: string, allowed: boolean): void {
    this.#set(actionKey(user, action), allowed);
  }

  setDocumentType(user: string, dtyid: number, allowed: boolean): void {
    this.#set(typeKey(user, dtyid), allowed);
  }

  mayExecute(user: string, action: string): boolean {
    return this.#denied.size === 0 || !this.#denied.has(actionKey(user, action));
  }

  mayUseDocumentType(user: string, dtyid: number): boolean {
    return !this.#denied.has(typeKey(user, dtyid));
  }

  /** The denied rights as readable texts. */
  denied(): string[] {
    return [...this.#denied].sort();
  }

  clear(): void {
    this.#denied.clear();
  }

  #set(key: string, allowed: boolean): void {
    if (allowed) this.#denied.delete(key);
    else this.#denied.add(key);
  }
}

const actionKey = (user: string, action: string): string => `${user.toLowerCase()}: ${action.toLowerCase()}`;
const typeKey = (user: string, dtyid: number): string => `${user.toLowerCase()}: document type ${dtyid}`;
