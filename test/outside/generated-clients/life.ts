/** A picture's life with the types that openapi-typescript makes of /openapi.json. Prints what came of it as JSON. */
import { openAsBlob } from 'node:fs';
import { createClient, GlossProblem } from '../../../lib/client/index.ts';

const client = createClient(process.env['GLOSS_URL']!, process.env['GLOSS_KEY']!);
const file = await openAsBlob(process.argv[2]!);

const offered = { name: 'life.jpg', bytes: file.size, contentType: 'image/jpeg' };
const [upload] = (await client.call('createUploads', { body: { files: [offered] } })).uploads;
if (upload?.status !== 'accepted') throw new Error('it was not accepted');
const form = new FormData();
for (const [name, value] of Object.entries(upload.fields)) form.set(name, value);
form.set('file', file);
const { ok } = await fetch(upload.url, { method: 'POST', body: form });
if (!ok) throw new Error('the store did not take it');

const path = { id: upload.id };
const { status } = await client.waitUntilSearchable(upload.id);
const names = async () => (await client.call('search', { query: { q: 'cat' } })).hits.map(({ name }) => name);
const found = await names();
const { gloss } = await client.call('showImage', { path });
const isCat = gloss!.views.some(({ tags }) => tags.includes('cat'));
const listed = (await client.call('listImages')).images.map(({ name }) => name);
await client.call('deleteImage', { path });
const gone = await names();
const problem = await client.call('search', { query: { q: 'red c?r' } }).catch((error: unknown) => error);
if (!(problem instanceof GlossProblem)) throw new Error('it is no problem');
const { code, field } = problem;
console.log(JSON.stringify({ status, found, isCat, listed, deleted: 204, gone, code, field }));
