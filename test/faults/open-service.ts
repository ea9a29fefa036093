import { join } from 'node:path';
import { localTemplate } from '../../infra/local/local-template.ts';
import { readTopology } from '../../infra/local/topology.ts';
import { installWorld } from '../world/install.ts';
import { Service } from '../world/service.ts';
import { SQS_ENDPOINT, World } from '../world/world.ts';
import { prepare } from './story.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** The service in a new world, with an operator's key. */
export async function openService() {
  installWorld();
  const template = await localTemplate(PROJECT, { onProgress: () => undefined });
  const site = { stackName: 'Gloss', sqsEndpoint: SQS_ENDPOINT, apiUrl: 'http://localhost' };
  const world = new World(readTopology(template, site), 1);
  const { operatorKey: operator } = await prepare(world);
  const service = new Service(world);
  const ask = (method: string, path: string, key: string, body?: unknown) =>
    service.request({ method, path, key, ...(body !== undefined && { body }) });
  return {
    world,
    service,
    operator,
    ask,
    /** @returns a key of a new tenant */
    makeTenant: async (tenant: string, settings = {}): Promise<string> => {
      await ask('POST', '/v1/tenants', operator, { tenant, settings });
      const made = await ask('POST', `/v1/tenants/${tenant}/keys`, operator, { name: 'app' });
      return (made.json as { key: string }).key;
    },
  };
}
