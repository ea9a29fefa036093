// @ts-check
import { deleteImages, inviteUploads, Problem, retryImage, statusOf } from './api.js';
import { counted, element, elementById } from './element.js';
import { pictureTypeOf } from './picture-type.js';
import { waitingText } from './waiting.js';

/** @import { Image } from '../api/images/image.ts' */
/** @import { Upload } from '../api/uploads/schema.ts' */

const FILES_PER_REQUEST = 100;
const SENT_AT_ONCE = 4;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

const section = elementById('uploads', HTMLElement);

/**
 * Sends files and follows them until each can be searched, has failed or waits.
 * @param {readonly File[]} files
 * @param {{ onSearchable: () => void, onFailed: () => void }} listeners called when the last one is through, and when the pictures that have
 *   failed are others than before
 */
export async function upload(files, { onSearchable, onFailed }) {
  const bar = element('progress', {
    max: files.length,
    value: 0,
    ariaLabel: 'Pictures that can be searched',
  });
  const line = element('p', { role: 'status' });
  const failed = element('ul');
  const notes = element('ul');
  const close = element('button', {
    type: 'button',
    className: 'close',
    ariaLabel: 'Close',
    textContent: '×',
  });
  const box = element('div', { className: 'upload' }, line, bar, failed, notes, close);
  close.onclick = () => {
    box.remove();
    section.hidden = section.childElementCount === 0;
  };
  section.append(box);
  section.hidden = false;

  const counts = { sent: 0, searchable: 0, failed: 0, unchanged: 0, deleted: 0, waiting: 0 };
  /** Reasons to wait that were told. @type {Set<string>} */
  const told = new Set();
  const tell = () => {
    bar.value = counts.searchable + counts.failed + counts.unchanged + counts.deleted + counts.waiting;
    const open = files.length - counts.sent - counts.failed - counts.unchanged - counts.deleted;
    const looking = counts.sent - counts.searchable - counts.waiting;
    const parts = [`${counts.searchable} of ${counted(files.length, 'picture')} can be found now`];
    if (open > 0) parts.push(`${open} to send`);
    if (looking > 0) parts.push(`${looking} being looked at`);
    if (counts.waiting > 0) parts.push(`${counts.waiting} waiting`);
    if (counts.unchanged > 0) parts.push(`${counts.unchanged} there already`);
    if (counts.failed > 0) parts.push(`${counts.failed} failed`);
    if (counts.deleted > 0) parts.push(`${counts.deleted} deleted`);
    line.textContent = parts.join(', ');
  };
  /**
   * @param {string} name @param {string} reason
   * @param {{ again?: (() => Promise<void>) | undefined, remove?: (() => Promise<void>) | undefined }} [ways] what may help
   */
  const fail = (name, reason, ways = {}) => {
    counts.failed += 1;
    const item = element('li', {}, element('b', {}, name), ` ${reason} `);
    const { again, remove } = ways;
    if (again)
      item.append(
        link('Try again', () => settle(item, name, ways, again)),
        ' ',
      );
    if (remove) item.append(link('Delete', () => settle(item, name, ways, remove)));
    failed.append(item);
    tell();
  };
  /** Says once why pictures wait, which may take days. @param {NonNullable<Image['waiting']>} waits */
  const wait = (waits) => {
    counts.waiting += 1;
    if (told.has(waits.code)) return;
    told.add(waits.code);
    notes.append(element('li', {}, `Waiting: ${waitingText(waits)}`));
  };
  /**
   * Takes a failure off the list once something was done about it.
   * @param {HTMLElement} item @param {string} name @param {Parameters<typeof fail>[2]} ways @param {() => Promise<void>} act
   */
  async function settle(item, name, ways, act) {
    item.remove();
    counts.failed -= 1;
    try {
      await act();
    } catch (error) {
      fail(name, messageOf(error), ways);
    }
    tell();
  }
  /** @param {File} file */
  async function sentAgain(file) {
    await sendBatch([file]);
    onSearchable();
  }
  /** @param {string} id */
  async function deleted(id) {
    await deleteImages([id]);
    onFailed();
    counts.deleted += 1;
  }
  /** @param {string} name @param {string} id */
  async function retried(name, id) {
    const before = await updateTimes([id]);
    await retryImage(id);
    onFailed();
    counts.sent += 1;
    tell();
    await follow(new Map([[id, name]]), before);
    onSearchable();
  }
  tell();

  for (let i = 0; i < files.length; i += FILES_PER_REQUEST) {
    const batch = files.slice(i, i + FILES_PER_REQUEST);
    try {
      await sendBatch(batch);
    } catch (error) {
      for (const file of batch) fail(file.name, messageOf(error), { again: () => sentAgain(file) });
    }
  }
  onSearchable();

  /** @param {readonly File[]} batch */
  async function sendBatch(batch) {
    /** @type {Parameters<typeof inviteUploads>[0]} */
    const offered = [];
    // One after the other: each is in memory as a whole.
    for (const file of batch)
      offered.push({
        name: nameOf(file),
        bytes: file.size,
        contentType: await pictureTypeOf(file),
        ...(await digestOf(file)),
      });
    const { uploads } = await inviteUploads(offered);
    const before = await updateTimes(
      uploads.flatMap((invitation) => (invitation.status === 'accepted' ? [invitation.id] : [])),
    );
    /** @type {Map<string, string>} names by id */
    const waiting = new Map();
    const queue = uploads.entries();
    await Promise.all(
      Array.from({ length: SENT_AT_ONCE }, async () => {
        for (const [at, invitation] of queue) {
          if (invitation.status === 'refused') {
            fail(invitation.name, invitation.failure.reason);
            continue;
          }
          const file = /** @type {File} */ (batch[at]);
          if (invitation.status !== 'accepted') {
            counts.unchanged += 1;
            tell();
            continue;
          }
          if (invitation.name !== nameOf(file).normalize('NFC'))
            notes.append(
              element(
                'li',
                {},
                `Another picture is called ${file.name}: this one is `,
                element('b', {}, invitation.name),
              ),
            );
          try {
            await send(invitation, file);
            counts.sent += 1;
            waiting.set(invitation.id, invitation.name);
            tell();
          } catch (error) {
            fail(invitation.name, messageOf(error), { again: () => sentAgain(file) });
          }
        }
      }),
    );
    await follow(waiting, before);
  }

  /** @param {Map<string, string>} waiting @param {ReadonlyMap<string, string>} before */
  async function follow(waiting, before) {
    for (
      let pauseMs = FIRST_PAUSE_MS;
      waiting.size > 0;
      pauseMs = Math.min(pauseMs * 1.3, LONGEST_PAUSE_MS)
    ) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const answer = await statusOf([...waiting.keys()]).catch((error) => {
        if (error instanceof Problem && (error.status === 0 || error.status >= 429)) return undefined;
        throw error;
      });
      for (const image of answer?.images ?? []) {
        if (!('updatedAt' in image)) continue;
        const { id, status, updatedAt, failure, waiting: waits } = image;
        const name = waiting.get(id);
        // A picture of the same name may have been there before: what it was then says nothing of this one.
        if (name === undefined || updatedAt === before.get(id)) continue;
        if (status !== 'searchable' && status !== 'failed' && status !== 'waiting') continue;
        waiting.delete(id);
        if (status === 'searchable') counts.searchable += 1;
        else if (waits) wait(waits);
        else {
          counts.sent -= 1;
          onFailed();
          fail(name, failure?.reason ?? 'no reason is known', {
            again: failure?.retryable ? () => retried(name, id) : undefined,
            remove: () => deleted(id),
          });
        }
      }
      tell();
    }
  }
}

/** @param {readonly string[]} ids @returns {Promise<Map<string, string>>} */
async function updateTimes(ids) {
  if (ids.length === 0) return new Map();
  const { images } = await statusOf([...ids]);
  return new Map(images.flatMap((image) => ('updatedAt' in image ? [[image.id, image.updatedAt]] : [])));
}

/** @param {Extract<Upload, { status: 'accepted' }>} invitation @param {File} file */
async function send({ url, fields }, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file); // S3 reads nothing behind it
  const response = await fetch(url, { method: 'POST', body: form }).catch(() => {
    throw new Error('the store cannot be reached');
  });
  if (!response.ok) throw new Error(`the store answered with ${response.status}`);
}

/** With the folder, where one was chosen. @param {File} file */
const nameOf = (file) => file.webkitRelativePath || file.name;

/**
 * The SHA-256 of a file, by which it is known if it is there already. Browsers count it for pages that came safely alone.
 * @param {File} file
 * @returns {Promise<{ sha256?: string }>}
 */
async function digestOf(file) {
  if (!isSecureContext) return {};
  try {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return { sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
  } catch {
    return {}; // a file that cannot be read fails when it is sent
  }
}

/** @param {string} text @param {() => void} onclick */
const link = (text, onclick) => element('button', { type: 'button', className: 'link', onclick }, text);

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));
