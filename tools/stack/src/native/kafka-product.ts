import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Product } from './install.ts';
import { findTool, runTool } from './run-tool.ts';

const version = '4.3.1';
const checksums = join(import.meta.dirname, 'kafka-jars.sha256');

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
 <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
 <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.25.4</version></dependency>
</dependencies></project>
`;

/** Apache Kafka's broker with what it needs at run time, from Maven's central repository. */
export const kafkaBroker: Product = {
  name: 'kafka',
  version,
  missing(folder) {
    const java = findTool('java') ? [] : ['Java 17 or newer (to run Kafka)'];
    const maven = folder || findTool('mvn') ? [] : ['Maven (to install Kafka)'];
    return [...java, ...maven];
  },
  async build(folder, progress) {
    progress(`installing Kafka ${version}`);
    await rm(join(folder, 'libs'), { recursive: true, force: true });
    await writeFile(join(folder, 'pom.xml'), pom);
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
    const options = ['-DincludeScope=runtime', '-DoutputDirectory=libs'];
    await runTool('mvn', { args: ['-q', '-B', goal, ...options], cwd: folder });
  },
  async verify(folder) {
    await Promise.all((await jarLines()).map(({ sum, jar }) => verifyJar(join(folder, 'libs', jar), sum)));
    const said = await runTool('java', { args: ['-cp', await kafkaClassPath(folder), 'kafka.Kafka', '--version'] });
    if (!said.split(/\s/).includes(version))
      throw new Error(`Kafka ${version} was asked for, this is ${said.slice(0, 200)}`);
  },
};

/** The same jars in the same order at each start: Java's class archive insists on it. */
export async function kafkaClassPath(folder: string): Promise<string> {
  return (await jarLines()).map(({ jar }) => join(folder, 'libs', jar)).join(':');
}

async function jarLines(): Promise<{ sum: string; jar: string }[]> {
  const lines = (await readFile(checksums, 'utf8')).trim().split('\n');
  return lines.map((line) => ({ sum: line.slice(0, 64), jar: line.slice(66) }));
}

async function verifyJar(path: string, sum: string): Promise<void> {
  const found = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (found !== sum) throw new Error(`${path} is not the file that kafka-jars.sha256 names; remove it and try again.`);
}
