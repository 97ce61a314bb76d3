import { getContainerRuntimeClient, type ContainerRuntimeClient } from 'testcontainers';

/** Why containers cannot be used here, in words; undefined when an engine answers. */
export async function engineFault(): Promise<string | undefined> {
  return engine().then(
    () => undefined,
    () => 'finds no container engine (Docker or one that answers like it)',
  );
}

/** The engine that testcontainers finds; rejects when there is none. */
export function engine(): Promise<ContainerRuntimeClient> {
  return getContainerRuntimeClient();
}
