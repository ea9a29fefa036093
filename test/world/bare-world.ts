import './environment.ts';
import type { Topology } from '../../infra/local/topology.ts';
import { installWorld } from './install.ts';
import { Process } from './process.ts';
import { World } from './world.ts';

const EMPTY: Topology = {
  tables: [],
  queues: [],
  buckets: [],
  functions: [],
  mappings: [],
  schedules: [],
  httpFunctionId: undefined,
};

/** A world without the service, for what its servers are asked directly. Time stands still where nobody moves it. */
export function bareWorld(parts: Partial<Topology> = {}): World {
  installWorld();
  const world = new World({ ...EMPTY, ...parts }, 1);
  world.callMs = 0;
  return world;
}

interface Client {
  send(command: never, ...rest: never[]): Promise<unknown>;
}

/** Has a world answer what a client sends, wherever it is sent. */
export function attached<C extends Client>(client: C, world: World): C {
  const process = new Process(world, 'test');
  const send = client.send.bind(client) as (...given: unknown[]) => Promise<unknown>;
  client.send = (...given: unknown[]) => process.run(() => send(...given));
  return client;
}
