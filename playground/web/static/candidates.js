// The Next word and the Novel tab: buttons with data-act send what they say together with the state
// that this browser keeps; the answer is the tab's HTML with the new state inside it.

import { button as chip, element, isComposing, recallText, remember } from "./browser.js";
import { within, words } from "./browser.js";
import { click, textBox } from "./gradio.js";

const PREFIX = "amumal-";
const SILENCE_MS = 90000; // without a sign for so long nothing is coming any more
const LOOK_MS = 300; // after the last movement of a slider
// where keys mean another thing
const TYPING = "input, textarea, select, [role=tab], [role=option]";
/** @type {Record<string, string>} */
const KEYS = { KeyR: "[data-act=roll], [data-act=again]", KeyB: "[data-act=branch]" };

/** @type {Map<string, Tool>} */
const tools = new Map();

/**
 * @param {string} name
 * @param {Trigger} trigger
 */
export function attach(name, trigger) {
  const root = document.getElementById(name);
  if (root && !root.dataset.attached) tools.set(name, new Tool(root, name, trigger));
}

/**
 * A control has changed: what is shown is asked for again.
 * @param {string} name
 */
export function look(name) {
  tools.get(name)?.lookSoon();
}

class Tool {
  /**
   * @param {HTMLElement} root
   * @param {string} name
   * @param {Trigger} trigger
   */
  constructor(root, name, trigger) {
    this.root = root;
    this.name = name;
    this.trigger = trigger;
    this.turn = 0;
    this.isBusy = false;
    this.mark = "";
    /** @type {number | undefined} */
    this.looking = undefined;
    /** @type {number | undefined} */
    this.watchdog = undefined;
    /** @type {DOMStringMap | null} */
    this.focus = null;
    root.dataset.attached = "true";
    root.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("click", (event) => this.onOutside(event));
    document.addEventListener("keydown", (event) => this.onKey(event));
    const watch = { childList: true, subtree: true, attributeFilter: ["data-turn", "data-busy"] };
    new MutationObserver(() => this.onAnswer()).observe(root, watch);
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      this.send({ act: "restore" });
    });
    seen.observe(root);
  }

  get shown() {
    const found = this.root.querySelector("[data-state]");
    return found instanceof HTMLElement ? found : null;
  }

  // ---- what people do

  /** @param {MouseEvent} event */
  onClick(event) {
    const button = within(event, "[data-act]");
    if (!button || !this.root.contains(button)) return;
    if ("edit" in button.dataset) this.edit(button);
    else this.send({ ...button.dataset });
  }

  /**
   * Gradio's own buttons of the tab: their id says what they do, a text box what they do it with.
   * @param {MouseEvent} event
   */
  onOutside(event) {
    const button = within(event, `[id^="${this.name}-do-"]`);
    if (!button) return;
    const act = button.id.slice(this.name.length + 4);
    this.send({ act, text: textBox(`${this.name}-text`)?.value ?? "" });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.root.offsetParent) return; // another tab is open
    if (event.key === "Escape" && this.isBusy) {
      click(`#${this.name}-stop`);
      return;
    }
    if (event.target instanceof Element && event.target.matches(TYPING)) return;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    const selector = digit
      ? `[data-key="${digit}"]`
      : event.key === "Backspace"
        ? "[data-act=undo]"
        : KEYS[event.code];
    const button = selector ? this.root.querySelector(selector) : null;
    if (!(button instanceof HTMLElement)) return;
    event.preventDefault();
    if (!this.root.contains(document.activeElement)) button.focus();
    button.click();
  }

  /** @param {HTMLElement} button of what is to be changed */
  edit(button) {
    this.root.querySelector(".editor")?.remove();
    const form = element("form", "editor");
    const box = element("textarea");
    box.value = button.dataset.edit ?? "";
    box.rows = 2;
    box.lang = "ko";
    box.setAttribute("aria-label", words()["candidates.edit"]);
    const close = () => {
      form.remove();
      button.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { edit: _, ...data } = button.dataset;
      form.remove();
      this.send({ ...data, text: box.value });
    });
    box.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      event.stopPropagation();
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    const save = element("button", "chip", words()["candidates.save"]);
    save.type = "submit";
    form.append(box, save, chip(words()["candidates.cancel"], close));
    button.closest("li")?.append(form);
    box.focus();
    box.select();
  }

  lookSoon() {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => {
      if (this.root.querySelector(".candidates")) this.send({ act: "look" });
    }, LOOK_MS);
  }

  // ---- there and back

  /** @param {Record<string, unknown>} data */
  send(data) {
    if (this.isBusy && data.act !== "restore") return;
    const active = document.activeElement;
    const isOurs = active instanceof HTMLElement && this.root.contains(active);
    this.focus = isOurs ? { ...active.dataset } : null;
    this.turn += 1;
    this.busy(true);
    this.trigger("submit", { ...data, turn: this.turn, state: this.state() });
  }

  onAnswer() {
    const shown = this.shown;
    if (!shown) return;
    // Gradio may keep the element and change what is different about it
    const mark = `${shown.dataset.turn} ${"busy" in shown.dataset} ${shown.textContent}`;
    if (mark === this.mark) return;
    this.mark = mark;
    const turn = Number(shown.dataset.turn);
    if ("lost" in shown.dataset) this.putAside();
    remember(PREFIX + this.name, shown.dataset.state ?? "");
    if ("busy" in shown.dataset) this.busy(true);
    else if (turn >= this.turn && this.isBusy) {
      this.busy(false);
      this.refocus();
    }
  }

  /** @param {boolean} isBusy */
  busy(isBusy) {
    this.isBusy = isBusy;
    this.root.classList.toggle("busy", isBusy);
    this.root.setAttribute("aria-busy", String(isBusy));
    this.root.dataset.busyWords = words()["candidates.busy"];
    clearTimeout(this.watchdog);
    if (isBusy) this.watchdog = setTimeout(() => this.busy(false), SILENCE_MS);
  }

  refocus() {
    if (!this.focus) return;
    const { act, at } = this.focus;
    const same = at === undefined ? `[data-act="${act}"]` : `[data-act="${act}"][data-at="${at}"]`;
    const next = this.root.querySelector(same) ?? this.root.querySelector("[data-act]");
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }

  // ---- what the browser remembers

  state() {
    const text = this.shown?.dataset.state ?? recallText(PREFIX + this.name);
    try {
      return text ? JSON.parse(text) : null;
    } catch {
      return "?"; // the server says that it cannot be read
    }
  }

  putAside() {
    const old = recallText(PREFIX + this.name);
    if (old) remember(`${PREFIX}${this.name}-old`, old);
  }
}
