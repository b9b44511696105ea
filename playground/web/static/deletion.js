// Deleting what somebody made or brought: the requests, the bar with the undo, the question before
// everything goes. What shows a picture is told by `changed`; nothing is drawn elsewhere.

import { button, element, forgetAll, part } from "./browser.js";
import { textBox, write } from "./gradio.js";

const UNDO_SECONDS = 10;

export class Deletion {
  /**
   * @param {Words} words
   * @param {(picture: number | null) => unknown} changed which picture went; null: one came back
   */
  constructor(words, changed) {
    this.words = words;
    this.changed = changed;
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  /**
   * Throw a picture away; a bar offers it back while it can be had back.
   * @param {number} id
   */
  async picture(id) {
    // the address of the picture, so that the browser's own copy goes as well
    const answer = await this.ask("DELETE", `./pictures/${id}.png`);
    if (!answer) return;
    if (answer.seconds === undefined) return void this.say(answer.said);
    this.changed(id);
    const undo = button(this.words["delete.undo"], () => this.back(id));
    this.say(answer.said, [undo], answer.seconds);
    undo.focus();
  }

  /** @param {number} id */
  async back(id) {
    const answer = await this.ask("POST", `./pictures/${id}/back`);
    if (!answer) return;
    if (answer.isDone) await this.changed(null);
    this.say(answer.said);
    focusAlbum();
  }

  /**
   * Delete pictures to start from.
   * @param {string[]} digests
   */
  async inputs(digests) {
    if (!digests.length) return void this.say(this.words["delete.input.none"]);
    for (const digest of digests) {
      const answer = await this.ask("DELETE", `./inputs/${digest}.png`);
      if (!answer) return;
      this.say(answer.said);
    }
  }

  /** Delete the text that was learnt from, here and at the server; its box can have it back. */
  async text() {
    const remove = document.querySelector("#writing-file .remove");
    if (remove instanceof HTMLElement && !remove.hidden) remove.click();
    const answer = await this.ask("DELETE", "./mine/text");
    if (!answer) return;
    const box = textBox("writing-text");
    const before = box?.value ?? "";
    if (!answer.isDone || !box || !before) return void this.say(answer.said);
    write(box, "");
    const undo = button(this.words["delete.undo"], () => {
      write(box, before);
      this.say(this.words["delete.text.back"]);
      box.focus();
    });
    this.say(answer.said, [undo], UNDO_SECONDS);
    undo.focus();
  }

  /** Ask whether really everything goes. */
  everything() {
    const dialog = element("dialog", "large");
    dialog.setAttribute("aria-label", this.words["delete.all"]);
    const tools = element("div", "tools");
    const keep = button(this.words["delete.all.no"], () => dialog.close());
    tools.append(
      keep,
      button(this.words["delete.all.yes"], () => (dialog.close(), this.reallyEverything())),
    );
    dialog.append(
      element("h3", "", this.words["delete.all"]),
      element("p", "", this.words["delete.all.ask"]),
      tools,
    );
    dialog.addEventListener("close", () => dialog.remove());
    part(document, ".gradio-container").append(dialog);
    dialog.showModal();
    keep.focus(); // Enter alone must not delete
  }

  async reallyEverything() {
    const answer = await this.ask("DELETE", "./mine");
    if (!answer) return;
    if (!answer.isDone) return void this.say(answer.said);
    forgetAll();
    location.reload();
  }

  /**
   * What the server says; undefined when it does not answer, which has been said then.
   * @param {string} method
   * @param {string} address
   * @returns {Promise<{ said: string, seconds?: number, isDone: boolean } | undefined>}
   */
  async ask(method, address) {
    try {
      const answer = await fetch(address, { method, cache: "no-store" });
      const told = await answer.json();
      return { said: told.said ?? told.alert, seconds: told.seconds, isDone: answer.ok };
    } catch {
      this.say(this.words["delete.lost"]);
      return undefined;
    }
  }

  /**
   * @param {string} text
   * @param {HTMLElement[]} buttons
   * @param {number} seconds
   */
  say(text, buttons = [], seconds = 6) {
    const bar = this.bar();
    part(bar, "p").textContent = text;
    part(bar, ".buttons").replaceChildren(...buttons);
    bar.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const hadFocus = bar.contains(document.activeElement);
      bar.hidden = true;
      if (hadFocus) focusAlbum();
    }, seconds * 1000);
  }

  bar() {
    const there = document.querySelector(".undo-bar:not(.connection)");
    if (there instanceof HTMLElement) return there;
    const made = element("div", "undo-bar");
    const said = element("p");
    said.setAttribute("role", "status");
    made.append(said, element("span", "buttons"));
    part(document, ".gradio-container").append(made);
    return made;
  }
}

function focusAlbum() {
  const next = document.querySelector("#gallery a.tile");
  if (next instanceof HTMLElement) next.focus();
}
