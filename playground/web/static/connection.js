// Whether the server answers. When it does not, one banner of our own says so, in place of Gradio's
// English toast, and every button that is pressed meanwhile is answered by it.

import { button, element, part } from "./browser.js";

const PROBE_MS = 1500; // while it is gone
const TRUSTED_MS = 3000; // a server that answered is taken to be there for that long
const BACK_MS = 12_000;
const TOAST = ".toast-body";
const GRADIO_SAYS = /connection to the server was lost|reconnect/i;

export class Connection {
  /**
   * @param {Words} words
   * @param {() => unknown} back it answers again
   */
  constructor(words, back) {
    this.words = words;
    this.back = back;
    this.isLost = false;
    this.answeredAt = 0;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  begin() {
    new MutationObserver(() => this.onToasts()).observe(document.body, {
      childList: true,
      subtree: true,
    });
    document.addEventListener("click", (event) => {
      const { target } = event;
      if (target instanceof Element && target.closest("button:not(.connection *)")) this.look();
    });
    window.addEventListener("offline", () => this.look());
  }

  /** Gradio has noticed, or thinks so. */
  onToasts() {
    for (const toast of document.querySelectorAll(TOAST)) {
      if (!(toast instanceof HTMLElement) || toast.hidden) continue;
      if (!GRADIO_SAYS.test(toast.textContent ?? "")) continue;
      toast.hidden = true;
      toast.style.display = "none";
      this.look();
    }
  }

  /** Ask the server whether it is there, unless it has just answered. */
  async look() {
    if (this.isLost) return this.remind();
    if (Date.now() - this.answeredAt < TRUSTED_MS) return;
    if (!(await this.answers())) this.lost();
  }

  async answers() {
    try {
      await fetch("./visit", { cache: "no-store" });
      this.answeredAt = Date.now();
      return true;
    } catch {
      return false;
    }
  }

  lost() {
    if (this.isLost) return;
    this.isLost = true;
    this.show(this.words["connection.lost"]);
    this.probe();
  }

  probe() {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      if (!(await this.answers())) return this.probe();
      this.isLost = false;
      // a tab that was opened meanwhile has no script, and never gets one without this
      const reload = button(this.words["connection.reload"], () => location.reload());
      this.show(this.words["connection.back"], [reload]);
      this.timer = setTimeout(() => (this.banner().hidden = true), BACK_MS);
      this.back();
    }, PROBE_MS);
  }

  /** Say it again to whoever presses a button. */
  remind() {
    const said = part(this.banner(), "[role=alert]");
    said.textContent = "";
    setTimeout(() => this.isLost && (said.textContent = this.words["connection.lost"]), 50);
  }

  /**
   * @param {string} text
   * @param {HTMLElement[]} buttons
   */
  show(text, buttons = []) {
    const banner = this.banner();
    part(banner, "[role=alert]").textContent = text;
    part(banner, ".buttons").replaceChildren(...buttons);
    banner.hidden = false;
  }

  banner() {
    const there = document.querySelector(".connection");
    if (there instanceof HTMLElement) return there;
    const made = element("div", "undo-bar connection");
    const said = element("p");
    said.setAttribute("role", "alert");
    made.append(said, element("span", "buttons"));
    part(document, ".gradio-container").append(made);
    return made;
  }
}
