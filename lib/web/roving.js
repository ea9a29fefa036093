// @ts-check

const FOLLOWING = Node.DOCUMENT_POSITION_FOLLOWING;

/**
 * Makes many parts of a page one stop of the Tab key: arrows go from part to part, and the buttons within the part where the keyboard
 * was last can be reached from it (a "roving tabindex", ARIA Authoring Practices Guide). Parts may come and go.
 * @param {HTMLElement} root
 * @param {string} selector of a part
 * @param {(part: HTMLElement, key: string, parts: readonly HTMLElement[]) => HTMLElement | undefined} next where a key leads; undefined
 *   leaves the key to the browser
 */
export function offerArrows(root, selector, next) {
  /** @type {HTMLElement | undefined} */
  let current;
  /** @type {HTMLElement | undefined} */
  let hiddenWithFocus;
  const parts = () =>
    [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))].filter(isThere);
  /** @param {EventTarget | null} target */
  const partOf = (target) =>
    /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest(selector));

  root.addEventListener('focusin', ({ target }) => {
    const part = partOf(target);
    if (part) moveTo(part);
  });
  root.addEventListener('focusout', ({ target }) => {
    const part = partOf(target);
    hiddenWithFocus = part && !isThere(part) ? part : undefined;
  });
  root.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const part = partOf(event.target);
    const goal = part && next(part, event.key, parts());
    if (!goal) return;
    event.preventDefault();
    moveTo(goal);
    controlsOf(goal)[0]?.focus();
  });
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node instanceof HTMLElement) enter(node);
    if (current?.isConnected && isThere(current)) return;
    const left = current;
    const all = parts();
    const behind = left && all.find((part) => left.compareDocumentPosition(part) & FOLLOWING);
    moveTo(behind ?? (left?.isConnected ? all.at(-1) : all[0]));
    // What is hidden loses the keyboard, which goes on beside it.
    const hadFocus = left && (left === hiddenWithFocus || left.contains(document.activeElement));
    if (current && hadFocus) controlsOf(current)[0]?.focus();
  }).observe(root, { childList: true, subtree: true, attributeFilter: ['hidden'] });

  /** @param {HTMLElement} node */
  function enter(node) {
    for (const control of controlsOf(node))
      if (partOf(control) && partOf(control) !== current) control.tabIndex = -1;
  }

  /** @param {HTMLElement | undefined} part */
  function moveTo(part) {
    if (part === current) return;
    if (current) setStops(current, -1);
    current = part;
    if (current) setStops(current, 0);
  }
}

/** @param {HTMLElement} part */
const isThere = (part) => part.closest('[hidden]') === null;

/** @param {HTMLElement} part @returns {HTMLElement[]} those that the keyboard can be in */
const controlsOf = (part) =>
  part.matches('button, select') ? [part] : [...part.querySelectorAll('button, select')].map(asHtml);

/** @param {Element} node */
const asHtml = (node) => /** @type {HTMLElement} */ (node);

/** @param {HTMLElement} part @param {0 | -1} tabIndex */
function setStops(part, tabIndex) {
  for (const control of controlsOf(part)) control.tabIndex = tabIndex;
}
