import { GenericContainer, type StartedTestContainer } from 'testcontainers';

type Settings = { image: string; innerPort: number; outerPort: number; hostIp: string };

/** A container whose port is published at one address of the host alone, not at all of them. */
export class LoopbackContainer extends GenericContainer {
  readonly #binding: Record<string, { HostIp: string; HostPort: string }[]>;

  constructor({ image, innerPort, outerPort, hostIp }: Settings) {
    super(image);
    this.#binding = { [`${innerPort}/tcp`]: [{ HostIp: hostIp, HostPort: String(outerPort) }] };
    this.withExposedPorts({ container: innerPort, host: outerPort });
  }

  override start(): Promise<StartedTestContainer> {
    this.hostConfig.PortBindings = this.#binding;
    return super.start();
  }
}
