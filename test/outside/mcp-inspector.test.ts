import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CallToolResult, ListToolsResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedTenants, makeTenantKey } from '../../lib/cli/service/tenant-keys.ts';
import { createClient } from '../../lib/client/index.ts';
import { parseTenantId } from '../../lib/domain/ids.ts';
import { firstLine, kill, startNode, type NodeProcess } from '../support/start-node.ts';
import { withoutNpx } from './outside-tools.ts';

/** Both ways in for assistants, asked by the inspector of the Model Context Protocol on its command line. */

const GLOSS = join(import.meta.dirname, '../../lib/cli/gloss.ts');
const run = promisify(execFile);

describe.skipIf(withoutNpx)(`the MCP inspector${withoutNpx}`, () => {
  let folder: string;
  let stack: NodeProcess;
  let ways: Record<'stdio' | 'http', { readonly options: string[]; readonly target: string[] }>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gloss-inspector-'));
    stack = startNode([join(import.meta.dirname, '../e2e/run-local-stack.ts'), join(folder, 'data')]);
    const told = JSON.parse(await firstLine(stack)) as { apiUrl: string; environment: unknown };
    const { apiUrl: url } = told;
    const key = await makeTenantKey(embeddedTenants(told.environment), parseTenantId('inspected'));
    const gloss = createClient(url, key);
    const documents = [{ id: 'pier.jpg', captions: ['a wooden pier at sunset'] }];
    const { images } = await gloss.call('importDocuments', { body: { documents } });
    await gloss.waitUntilSearchable(images[0]!.id);
    ways = {
      stdio: {
        options: ['-e', `GLOSS_ENDPOINT=${url}`, '-e', `GLOSS_KEY=${key}`],
        target: [process.execPath, GLOSS, 'mcp'],
      },
      http: {
        options: ['--transport', 'http', '--header', `Authorization: Bearer ${key}`],
        target: [`${url}/mcp`],
      },
    };
  });
  afterAll(async () => {
    await kill(stack);
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(way: keyof typeof ways, ...asked: string[]): Promise<unknown> {
    const { options, target } = ways[way];
    const inspector = ['--yes', '@modelcontextprotocol/inspector@2.12.0', '--cli'];
    const env = { ...process.env, HOME: folder }; // it keeps a catalogue there
    const child = run('npx', [...inspector, ...target, ...options, ...asked], { cwd: folder, env });
    // A tool that refuses ends it with a code of its own, after the answer.
    const { stdout } = await child.catch((error: unknown) => {
      const { stdout: said = '' } = error as { readonly stdout?: string };
      if (said.includes('"isError": true')) return { stdout: said };
      throw error;
    });
    return JSON.parse(stdout);
  }
  const call = async (way: keyof typeof ways, name: string, ...args: string[]) => {
    const given = args.flatMap((arg) => ['--tool-arg', arg]);
    return (await ask(way, '--method', 'tools/call', '--tool-name', name, ...given)) as CallToolResult;
  };

  it.each(['stdio', 'http'] as const)('by %s', async (way) => {
    const { tools } = (await ask(way, '--method', 'tools/list', '--strict')) as ListToolsResult;
    expect(tools.map(({ name }) => name)).toEqual([
      'search_pictures',
      'related_words',
      'show_picture',
      'usage',
    ]);
    const found = await call(way, 'search_pictures', 'query=wooden', 'limit=3');
    expect(found).toMatchObject({
      content: [{ type: 'text', text: expect.stringContaining('pier.jpg') as string }],
    });
    expect(found.isError).toBeFalsy();
    const refused = await call(way, 'search_pictures', 'query=red c?r');
    expect(refused).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^query_syntax: /) as string }],
    });
  });
});
