// @ts-check
import { element } from './element.js';

/**
 * A button that brings what comes next. It is pressed by itself before it comes into sight, so that a page goes on while it is scrolled.
 * @param {string} text
 * @param {() => Promise<void>} bring
 * @param {(error: unknown) => void} onProblem
 */
export function moreButton(text, bring, onProblem) {
  const button = element('button', { type: 'button', className: 'more' }, text);
  const near = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) press();
    },
    { rootMargin: '900px' },
  );
  function press() {
    if (button.disabled) return;
    button.disabled = true;
    bring()
      .catch(onProblem)
      .finally(() => {
        button.disabled = false;
        // Asked again where what came does not fill the screen.
        near.unobserve(button);
        if (button.isConnected) near.observe(button);
      });
  }
  button.onclick = press;
  near.observe(button);
  return button;
}
