import type { Listener } from '@occ-hub/simulator-stage';

/** The simulator's door: closed, connecting is refused by the operating system. */
export interface Door {
  /** Closes, until `open` or for so many milliseconds. */
  close(forMs?: number): Promise<void>;
  open(): Promise<void>;
  /** Closes for good. */
  end(): Promise<void>;
}

export function createDoor(listener: Listener): Door {
  let timer: NodeJS.Timeout | undefined;
  const open = async (): Promise<void> => {
    clearTimeout(timer);
    await listener.listen();
  };
  return {
    open,
    close: async (forMs) => {
      clearTimeout(timer);
      // Whoever took the port in the meantime is named by the next `open`; a timer has nobody to tell.
      if (forMs !== undefined) timer = setTimeout(() => void open().catch(() => undefined), forMs);
      await listener.refuse();
    },
    end: async () => {
      clearTimeout(timer);
      await listener.end();
    },
  };
}
