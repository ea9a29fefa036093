// @ts-check
import { changeTags, getImage, tagImages } from './api.js';
import { counted, element } from './element.js';

/** @import { ShownImage } from '../api/images/image.ts' */

/** Of a tag at most, as the API takes it. */
const MAX_TAG_CHARS = 200;
/** Pictures that one request changes at most. */
const PICTURES_PER_REQUEST = 100;

/** Whether tags are being edited, also in the next picture that is looked at. */
let isEditing = false;

/** The next picture that is opened is only looked at. */
export const endTagging = () => (isEditing = false);

/**
 * What lets people change the tags of a picture: a button that begins it, and what it shows. The crosses at the tags of views are
 * `untagButton`s; whoever holds both sends their clicks here.
 * @param {string} id of the picture
 * @param {(detail: ShownImage) => void} onChanged is given the picture as it is then, to show it anew
 */
export function tagEditor(id, onChanged) {
  const told = element('p', { className: 'told', role: 'status' });
  const problem = element('p', { className: 'problem', role: 'alert' });
  const people = element('ul', { className: 'tags', ariaLabel: 'Tags of people' });
  const removed = element('p', { className: 'removed' });
  const { form, input } = tagForm((tag) => change({ add: [tag] }, `“${tag}” is added.`));
  const box = element('div', { className: 'tagging' }, people, form, removed, told, problem);
  const toggle = element('button', { type: 'button', className: 'link' }, 'Edit tags');
  toggle.dataset['needs'] = 'upload';
  toggle.onclick = () => {
    isEditing = !isEditing;
    showEditing();
    if (isEditing) input.focus();
  };

  function showEditing() {
    box.parentElement?.classList.toggle('editing', isEditing);
    toggle.ariaPressed = String(isEditing);
  }

  /** @param {{ add?: string[], remove?: string[] }} keywords @param {string} done */
  async function change(keywords, done) {
    problem.textContent = '';
    told.textContent = 'Saving…';
    try {
      const { status } = await changeTags(id, keywords);
      const detail = await getImage(id);
      if (!box.isConnected) return; // another picture was opened meanwhile
      show(detail);
      onChanged(detail);
      const isFound = status === 'described' || status === 'searchable';
      told.textContent = `${done} ${isFound ? 'Searches know within seconds.' : 'It counts once the picture is described.'}`;
    } catch (error) {
      told.textContent = '';
      problem.textContent = `That was not kept: ${reasonOf(error)}`;
    }
    // Whatever was clicked may be gone.
    if (box.contains(document.activeElement) || document.activeElement?.tagName !== 'INPUT') input.focus();
  }

  /** @param {string} tag */
  const remove = (tag) => void change({ remove: [tag] }, `“${tag}” is taken away.`);

  /** @param {ShownImage} detail */
  function show({ gloss, changes }) {
    showEditing();
    const keywords = gloss?.file?.keywords ?? [];
    people.replaceChildren(...keywords.map((tag) => element('li', {}, tag, ...untagButton(tag))));
    people.hidden = keywords.length === 0;
    const gone = changes?.removed ?? [];
    removed.hidden = gone.length === 0;
    removed.replaceChildren(
      'Taken away: ',
      ...gone.map((tag) => {
        const onclick = () => void change({ add: [tag] }, `“${tag}” is put back.`);
        const ariaLabel = `Put “${tag}” back`;
        return element('button', { type: 'button', className: 'link', ariaLabel, onclick }, tag, ' ↺');
      }),
    );
  }

  return { box, toggle, show, remove };
}

/** The cross at a tag; none at what is too long to be named. @param {string} tag */
export function untagButton(tag) {
  if (tag.length > MAX_TAG_CHARS) return [];
  const ariaLabel = `Remove “${tag}”`;
  const button = element('button', { type: 'button', className: 'untag', ariaLabel, title: ariaLabel }, '×');
  button.dataset['tag'] = tag;
  return [button];
}

/**
 * One box, in which Enter adds what is written.
 * @param {(tag: string) => Promise<void>} onTag
 */
export function tagForm(onTag) {
  const input = element('input', {
    type: 'text',
    className: 'tag-box',
    ariaLabel: 'Add a tag',
    placeholder: 'Add a tag',
    maxLength: MAX_TAG_CHARS,
    autocomplete: 'off',
    enterKeyHint: 'done',
  });
  const form = element('form', { className: 'tag-form' }, input, element('button', {}, 'Add'));
  form.onsubmit = (event) => {
    event.preventDefault();
    const tag = input.value.trim();
    if (tag === '') return;
    input.value = '';
    void onTag(tag);
  };
  return { form, input };
}

/**
 * Adds a tag to pictures.
 * @param {readonly { id: string, name: string }[]} pictures
 * @param {string} tag
 * @returns {Promise<string>} what came of it, in words
 */
export async function tagPictures(pictures, tag) {
  let done = 0;
  /** @type {string[]} */
  const refused = [];
  const nameOf = new Map(pictures.map(({ id, name }) => [id, name]));
  try {
    for (let start = 0; start < pictures.length; start += PICTURES_PER_REQUEST) {
      const ids = pictures.slice(start, start + PICTURES_PER_REQUEST).map(({ id }) => id);
      const { images } = await tagImages(ids, { add: [tag] });
      for (const image of images) {
        if (image.status === 'refused') refused.push(`${nameOf.get(image.id)}: ${image.reason}`);
        else if (image.status === 'unknown') refused.push(`${nameOf.get(image.id)} is not here any more`);
        else if (image.status === 'unreadable') refused.push(`${nameOf.get(image.id)} is damaged`);
        else done += 1;
      }
    }
  } catch (error) {
    refused.push(reasonOf(error));
  }
  const added = `“${tag}” is added to ${counted(done, 'picture')}`;
  return refused.length === 0 ? added : `${added}. ${refused.join('. ')}`;
}

/** In the words of the page: here is one tag, and no list of a request. @param {unknown} error */
const reasonOf = (error) =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/keywords\.\w+\[\d+\]/g, 'the tag');
