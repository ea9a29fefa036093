import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { makeFolder } from '../../lib/files/make-folder.ts';

const LOCK = 'lock';
const STACK_FILE = 'stack.json';
const CREDENTIALS_FILE = 'credentials.json';
/** Where the servers of the stack listened last. */
const PORTS_FILE = 'ports.json';
/** When each schedule of the stack was last due. */
export const SCHEDULES_FILE = 'schedules.json';
/** What a reset deletes. Nothing else: the folder may have been somebody's before a typing error. */
const DATA = ['dynamodb', 'sqs', 's3', 'logs', SCHEDULES_FILE];

/** What other commands may know of a running stack, as the file stack.json of its data folder. */
interface StackFile {
  readonly pid: number;
  readonly apiUrl: string;
  readonly endpoints: Readonly<Record<string, string>>;
  /** By name. */
  readonly buckets: readonly string[];
  /** What the API takes on for one tenant. */
  readonly tenantRoleArn?: string | undefined;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A folder that belongs to one stack at a time. */
export interface DataDir {
  readonly path: string;
  /** The key pair of this name, made at first use and kept: presigned URLs outlive a restart. */
  credentialsOf(name: string): Promise<Credentials>;
  /** Of each server by name, as far as there are any: what was told of an address is to be true after a restart. */
  readonly ports: Readonly<Record<string, number>>;
  keepPorts(ports: Readonly<Record<string, number>>): Promise<void>;
  /** Says that the stack runs. */
  publish(stack: StackFile): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the folder, made if missing; with `reset`, what stacks have put into it goes.
 * @throws Error that says what to do when another stack has it.
 */
export async function openDataDir(path: string, { reset }: { readonly reset: boolean }): Promise<DataDir> {
  await makeFolder(path, 0o700).catch((cause: unknown) => {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR')
      throw new Error(`${path} cannot be the folder of a stack: ${message}`, { cause });
    throw new Error(`${path} cannot be the folder of a stack: there is a file of that name`, { cause });
  }); // photos and keys are nobody else's
  const held = lock(path);
  await rm(join(path, STACK_FILE), { force: true });
  if (reset) {
    for (const name of [...DATA, CREDENTIALS_FILE, PORTS_FILE])
      await rm(join(path, name), { recursive: true, force: true });
  }
  const credentials = await readCredentials(path);
  return {
    path,
    async credentialsOf(name) {
      const known = credentials.get(name);
      if (known) return known;
      const made = { accessKeyId: name, secretAccessKey: randomBytes(30).toString('base64url') };
      credentials.set(name, made);
      await writeWhole(join(path, CREDENTIALS_FILE), Object.fromEntries(credentials));
      return made;
    },
    ports: await readPorts(path),
    keepPorts: (ports) => writeWhole(join(path, PORTS_FILE), ports),
    publish: (stack) => writeWhole(join(path, STACK_FILE), stack),
    async release() {
      await rm(join(path, STACK_FILE), { force: true });
      held.close();
    },
  };
}

/**
 * An open transaction of SQLite: the operating system ends it with the process, whichever way that dies, so that no
 * lock is ever left behind.
 */
function lock(path: string): DatabaseSync {
  const database = new DatabaseSync(join(path, LOCK));
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database.close();
    throw new Error(`another stack runs on ${path}: stop that one, or choose another folder by --data`, {
      cause,
    });
  }
}

const CredentialsFile = z.record(
  z.string(),
  z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
);

async function readCredentials(path: string): Promise<Map<string, Credentials>> {
  const text = await readFile(join(path, CREDENTIALS_FILE), 'utf8').catch(() => '{}');
  return new Map(Object.entries(CredentialsFile.parse(JSON.parse(text))));
}

async function readPorts(path: string): Promise<Record<string, number>> {
  const text = await readFile(join(path, PORTS_FILE), 'utf8').catch(() => '{}');
  return z.record(z.string(), z.int().min(1).max(65_535)).parse(JSON.parse(text));
}

/** By rename, so that a reader sees all of it or nothing; for the owner's eyes. */
async function writeWhole(path: string, value: object): Promise<void> {
  const incoming = `${path}.new`;
  await writeFile(incoming, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
  await rename(incoming, path);
}
