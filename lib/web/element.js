// @ts-check

/**
 * A new element with properties and children. Strings become text, never markup: what a picture or a model says is
 * data.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  Object.assign(node, properties);
  for (const name of /** @type {const} */ (['title', 'alt', 'ariaLabel', 'textContent']))
    if (name in properties)
      Object.assign(node, { [name]: visibleText(String(Reflect.get(properties, name))) });
  node.append(...children.map((child) => (typeof child === 'string' ? visibleText(child) : child)));
  return node;
}

/**
 * A text of others in which everything shows: controls and what turns around the text beside it stand there as `\u{202E}`, as in
 * lib/domain/visible-text.ts.
 * @param {string} text
 */
export const visibleText = (text) =>
  text.replace(
    /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`,
  );

/**
 * An element of index.html. @throws TypeError when the page has none of that class under the id
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function elementById(id, type) {
  const node = document.getElementById(id);
  if (!(node instanceof type)) throw new TypeError(`index.html has no ${type.name} with the id "${id}"`);
  return node;
}

/**
 * "1 picture", "2 pictures".
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
