import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PieceContext } from '../piece.ts';
import { installed } from './install.ts';
import { kafkaBroker, kafkaClassPath } from './kafka-product.ts';
import { kafkaLogSettings, kafkaSettings } from './kafka-settings.ts';
import type { Recipe } from './native-piece.ts';
import { findTool, runTool } from './run-tool.ts';

const clusterId = 'MkU3OEVBNTcwNTJENDM2Qk';

/** Apache Kafka (KRaft, one node) as a process of this machine. */
export const kafka: Recipe = {
  name: 'kafka',
  portCount: 2,
  address: ([port]) => `127.0.0.1:${port}`,
  async prepare(context, [port = 0, controllerPort = 0]) {
    const { folder, partitions, progress } = context;
    const product = await installed(kafkaBroker, progress);
    const data = join(folder, 'data');
    const settings = join(folder, 'server.properties');
    const logSettings = join(folder, 'log4j2.properties');
    await mkdir(data, { recursive: true });
    await writeFile(settings, kafkaSettings({ port, controllerPort, data, partitions }));
    await writeFile(logSettings, kafkaLogSettings);
    const classes = [
      '-XX:+UseSerialGC',
      `-Dlog4j2.configurationFile=${logSettings}`,
      '-cp',
      await kafkaClassPath(product),
    ];
    const archive = archiveOf(product);
    if (!existsSync(join(data, 'meta.properties'))) {
      const format = ['kafka.tools.StorageTool', 'format', '--config', settings, '--cluster-id', clusterId];
      const small = ['-Xmx128m', '-XX:TieredStopAtLevel=1', ...useArchive(archive)];
      await runTool('java', { args: [...small, ...classes, ...format] });
    }
    const memory = ['-Xms128m', '-Xmx256m', '-XX:MaxDirectMemorySize=128m'];
    const sharing = existsSync(archive) ? useArchive(archive) : makeArchive(newArchive(context));
    const java = findTool('java') ?? 'java';
    return { command: java, args: [...memory, ...sharing, ...classes, 'kafka.Kafka', settings] };
  },
  /** Keeps the class archive of the first run, which halves every later start. */
  async afterEnd(context) {
    const fresh = newArchive(context);
    if (!existsSync(fresh)) return;
    const archive = archiveOf(await installed(kafkaBroker, context.progress));
    // The cache may be another file system, and others may be reading there: copy beside it, then put in place.
    await copyFile(fresh, `${archive}.${process.pid}`);
    await rename(`${archive}.${process.pid}`, archive);
    await rm(fresh);
  },
};

const quiet = ['-Xlog:cds=off', '-Xlog:cds+dynamic=off'];

function useArchive(archive: string): string[] {
  return existsSync(archive) ? ['-Xshare:auto', `-XX:SharedArchiveFile=${archive}`, ...quiet] : [];
}

function makeArchive(archive: string): string[] {
  return [`-XX:ArchiveClassesAtExit=${archive}`, ...quiet];
}

function newArchive({ folder }: PieceContext): string {
  return join(folder, 'classes.jsa');
}

/** An archive serves only the Java that wrote it, so each has its own. */
function archiveOf(product: string): string {
  const java = realpathSync(findTool('java') ?? 'java');
  const { mtimeMs, size } = statSync(java);
  const mark = createHash('sha256').update(`${java} ${mtimeMs} ${size}`).digest('hex').slice(0, 12);
  return join(product, `classes-${mark}.jsa`);
}
