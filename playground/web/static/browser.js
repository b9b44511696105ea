// What every script of the page needs of the browser. Knows no tab and nothing of Gradio.

// ---- the page's elements

/**
 * A new element; its text is text, never HTML.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} text
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/**
 * A button that looks like the others.
 * @param {string} text
 * @param {(event: MouseEvent) => unknown} act
 */
export function button(text, act) {
  const made = element("button", "chip", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

/**
 * The element that `selector` names: it is there, or the script and its HTML have come apart.
 * @template {HTMLElement} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function find(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new TypeError(`no ${kind.name} is ${selector}`);
}

/**
 * The same where any element will do.
 * @param {ParentNode} root
 * @param {string} selector
 */
export function part(root, selector) {
  return find(root, selector, HTMLElement);
}

/**
 * What an event happened in: the nearest element that fits, null outside of one.
 * @param {Event} event
 * @param {string} selector
 */
export function within(event, selector) {
  const { target } = event;
  const found = target instanceof Element ? target.closest(selector) : null;
  return found instanceof HTMLElement ? found : null;
}

/**
 * @param {string} selector
 * @param {() => void} act
 */
export function whenThere(selector, act) {
  if (document.querySelector(selector)) return void act();
  const watcher = new MutationObserver(() => {
    if (!document.querySelector(selector)) return;
    watcher.disconnect();
    act();
  });
  watcher.observe(document.documentElement, { childList: true, subtree: true });
}

// ---- sentences

/** The sentences of the scripts, in the browser's language; http/front_page.py puts them there. */
export function words() {
  return window.amumal.words;
}

/**
 * A sentence with its blanks filled.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

// ---- what the browser remembers; a browser that refuses is no reason to stop

const OURS = "amumal-";
let isForgetting = false; // the page is about to be loaded anew: nothing is written any more

/** Forget what the page has remembered in this browser; it has to be loaded anew behind it. */
export function forgetAll() {
  isForgetting = true;
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(OURS)) localStorage.removeItem(key);
    }
  } catch {
    /* a browser that refuses has nothing of ours */
  }
}

/**
 * @param {string} key
 * @param {string} text
 */
export function remember(key, text) {
  if (isForgetting) return;
  try {
    localStorage.setItem(key, text);
  } catch {
    /* private window or full */
  }
}

/** @param {string} key */
export function recallText(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * What was remembered as JSON; null when there is none or it is no JSON. Its shape is unchecked.
 * @param {string} key
 */
export function recall(key) {
  try {
    return JSON.parse(recallText(key) ?? "null");
  } catch {
    return null;
  }
}

// ---- small things

export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * A key that belongs to the input method: a Hangul syllable is being put together.
 * @param {KeyboardEvent} event
 */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229; // Safari tells by the code alone
}
