/** The broker's settings for one node that is broker and controller in one, listening at the loopback address alone. */
export function kafkaSettings(options: {
  port: number;
  controllerPort: number;
  data: string;
  partitions: number;
}): string {
  const { port, controllerPort, data, partitions } = options;
  return [
    ...['process.roles=broker,controller', 'node.id=1', `controller.quorum.voters=1@127.0.0.1:${controllerPort}`],
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    ...['controller.listener.names=CONTROLLER', 'inter.broker.listener.name=PLAINTEXT'],
    'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    ...[`log.dirs=${data}`, `num.partitions=${partitions}`, 'auto.create.topics.enable=false'],
    ...singleNode,
    ...smallMachine,
    ...quickRestart,
    '',
  ].join('\n');
}

const singleNode = [
  'offsets.topic.replication.factor=1',
  'transaction.state.log.replication.factor=1',
  'transaction.state.log.min.isr=1',
  'share.coordinator.state.topic.replication.factor=1',
  'share.coordinator.state.topic.min.isr=1',
  'share.coordinator.state.topic.num.partitions=1',
];

// The cleaner's default buffer alone (128 MB) would not fit into the heap that the broker is given.
const smallMachine = [
  'num.network.threads=2',
  'num.io.threads=4',
  'background.threads=2',
  'offsets.topic.num.partitions=4',
  'transaction.state.log.num.partitions=4',
  'log.segment.bytes=67108864',
  'log.cleaner.dedupe.buffer.size=8388608',
  'log.index.size.max.bytes=1048576',
];

// With the default session of 9 s a restarted broker waits 10 s until the controller forgets its former self.
const quickRestart = [
  'broker.session.timeout.ms=1500',
  'broker.heartbeat.interval.ms=300',
  'controller.quorum.election.timeout.ms=200',
  'controller.quorum.election.backoff.max.ms=100',
  'controller.quorum.fetch.timeout.ms=1000',
  'group.initial.rebalance.delay.ms=0',
  'group.min.session.timeout.ms=1000',
];

/** The broker's log: what needs attention, to standard output. */
export const kafkaLogSettings = `status = error
appender.c.type = Console
appender.c.name = C
appender.c.layout.type = PatternLayout
appender.c.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1} %m%n
rootLogger.level = WARN
rootLogger.appenderRef.c.ref = C
`;
