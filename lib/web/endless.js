// @ts-check
import { element } from './element.js';

/**
 * A button that brings what comes next. It is pressed by itself before it comes into sight, so that a page goes on while it is scrolled.
 * @param {string} text
 * @param {() => Promise<void>} bring
 * @param {(error: unknown) => void} onProblem
 * @returns the button, and what presses it: true once something was brought. Whoever presses it meanwhile waits for the same.
 */
export function moreButton(text, bring, onProblem) {
  const button = element('button', { type: 'button', className: 'more', onclick: () => void press() }, text);
  const near = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void press();
    },
    { rootMargin: '900px' },
  );
  near.observe(button);
  /** @type {Promise<boolean> | undefined} */
  let pressed;
  return { button, press };

  function press() {
    return (pressed ??= pressNow());
  }
  async function pressNow() {
    button.disabled = true;
    try {
      await bring();
      return true;
    } catch (error) {
      onProblem(error);
      return false;
    } finally {
      pressed = undefined;
      button.disabled = false;
      // Asked again where what came does not fill the screen.
      near.unobserve(button);
      if (button.isConnected) near.observe(button);
    }
  }
}
