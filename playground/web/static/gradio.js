// All that the scripts know of Gradio's page: values by the names of their fields, its text boxes,
// its tabs, and the events through which Python hears of what our own HTML was used for.

/**
 * The values of an event by name: Gradio hands them over in the order that Python names.
 * @param {string[]} names
 * @param {unknown[]} values
 * @returns {FormValues}
 */
export function byName(names, values) {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

/**
 * The way back: the values in the order of `names`.
 * @param {string[]} names
 * @param {FormValues} values
 */
export function inOrder(names, values) {
  return names.map((name) => values[name]);
}

/**
 * An update for every field: what was saved, nothing where nothing was.
 * @param {string[]} names
 * @param {FormValues} saved
 * @param {Record<string, string[]>} choices of lists whose value may not be on offer yet
 */
export function updates(names, saved, choices = {}) {
  return names.map((name) => {
    const value = saved[name];
    if (value === undefined) return update();
    const offered = choices[name]?.map((one) => [one, one]);
    return offered ? update({ choices: offered, value }) : update({ value });
  });
}

/**
 * Gradio takes a bare null for "no change"; an update may hold one.
 * @param {Record<string, unknown>} more
 */
export function update(more = {}) {
  return { __type__: "update", ...more };
}

/**
 * Gradio's text box; null while it is not in the page.
 * @param {string} id
 */
export function textBox(id) {
  const found = document.querySelector(`#${id} :is(textarea, input)`);
  const isBox = found instanceof HTMLTextAreaElement || found instanceof HTMLInputElement;
  return isBox ? found : null;
}

/**
 * Leave out of a remembered form what somebody has typed while the page was still loading.
 * @param {Record<string, unknown>} saved
 * @param {Record<string, string>} boxes names of the form -> ids of their text boxes
 */
export function withoutTyped(saved, boxes) {
  const left = Object.entries(saved).filter(([name]) => {
    const id = boxes[name];
    return !id || !textBox(id)?.value;
  });
  return Object.fromEntries(left);
}

/**
 * Write into a box as a person would: Gradio listens for the event.
 * @param {TextBox} box
 * @param {string} text
 * @param {number | null} caret
 */
export function write(box, text, caret = null) {
  box.value = text;
  if (caret !== null) box.setSelectionRange(caret, caret);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {string} name */
export function openTab(name) {
  click(`#tab-${name}-button, [aria-controls=tab-${name}]`);
}

/** @param {string} selector */
export function click(selector) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) found.click();
}
