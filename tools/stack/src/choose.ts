import { missingFor, type Product } from './native/install.ts';
import { kafkaBroker } from './native/kafka-product.ts';
import { kafka } from './native/kafka.ts';
import { mongo, secantus } from './native/mongo.ts';
import { NativePiece, type Recipe } from './native/native-piece.ts';
import { nats, natsServer } from './native/nats.ts';
import { OutsidePiece, outsideAddress } from './outside.ts';
import type { Piece, PieceContext, PieceName, Way } from './piece.ts';

const natives: Record<PieceName, { recipe: Recipe; product: Product }> = {
  kafka: { recipe: kafka, product: kafkaBroker },
  nats: { recipe: nats, product: natsServer },
  mongo: { recipe: mongo, product: secantus },
};

/**
 * Decides where a piece comes from: an address in the environment, else what STACK asks for, else native where its tools
 * are there, else containers where an engine answers. Rejects with one sentence that names what is missing for each way.
 */
export async function chooseWay(name: PieceName, env: NodeJS.ProcessEnv): Promise<Way> {
  if (outsideAddress(name, env)) return 'outside';
  const asked = env['STACK'];
  if (asked && asked !== 'native' && asked !== 'containers') {
    throw new Error(`STACK is "${asked}"; it can be "native", "containers" or unset.`);
  }
  const missing = missingFor(natives[name].product);
  if (asked !== 'containers' && missing.length === 0) return 'native';
  const noEngine = asked === 'native' ? 'is not asked for (STACK=native)' : await engineFault();
  if (noEngine === undefined) return 'containers';
  const native = asked === 'containers' ? 'is not asked for (STACK=containers)' : `lacks ${missing.join(', ')}`;
  throw new Error(
    `${name} cannot be started here: the native way ${native}; the container way ${noEngine}. ` +
      'Install what is missing, or name running servers with KAFKA_BROKERS, NATS_URL and MONGO_URL.',
  );
}

async function engineFault(): Promise<string | undefined> {
  const { engineFault: ask } = await import('./containers/engine.ts');
  return ask();
}

/** Makes the piece, not yet started, in the chosen way. */
export async function makePiece(name: PieceName, way: Way, context: PieceContext): Promise<Piece> {
  if (way === 'outside') return new OutsidePiece(name, outsideAddress(name, process.env) ?? '');
  if (way === 'native') return new NativePiece(natives[name].recipe, context);
  const { containerPiece } = await import('./containers/container-piece.ts');
  return containerPiece(name, context);
}
