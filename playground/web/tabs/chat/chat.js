// The Talk tab: draws the conversation, keeps it in this browser, hands every step to the server.
// What a conversation is and may become, the server knows; here it is only shown, as text.

import { calm, element, find, isComposing, part } from "./browser.js";
import { recall, remember, within, words } from "./browser.js";

const MEMORY = "amumal-chat-1";
const WORD_MS = 45; // a reply that came whole is shown word by word
const STOP_MS = 4000; // a server that has not stopped by then is not heard any more
const NEAR = 80; // pixels from the end within which the log follows what is said
const LONGEST_FILE = 4_000_000;
/** @type {Conversation} */
const EMPTY = { format: "amumal-chat", version: 1, turns: [], put_away: [] };

/** @type {Chat | null} */
let chat = null;

/** @param {Trigger} send "submit" streams, "apply" answers at once, "stop" answers nothing */
export function begin(send) {
  const whole = document.getElementById("chat");
  if (!whole?.querySelector(".composer")) return void setTimeout(() => begin(send), 50);
  chat = new Chat(whole, send);
  chat.begin();
}

/** @param {string | null} line a frame as JSON */
export function take(line) {
  if (line) chat?.take(JSON.parse(line));
}

class Chat {
  /**
   * @param {HTMLElement} whole
   * @param {Trigger} send
   */
  constructor(whole, send) {
    this.whole = whole;
    this.send = send;
    this.words = words();
    this.conversation = recalled();
    this.number = 0; // of what was asked of the server last; answers to anything else are late
    /** @type {{ action: string, question: string } | null} whose reply is being written */
    this.busy = null;
    this.writing = ""; // of the reply, so far
    this.editing = false;
    /** @type {number | undefined} */
    this.clock = undefined;
    this.isBegun = false;
  }

  /** @param {string} selector */
  part(selector) {
    return part(this.whole, selector);
  }

  get box() {
    return find(this.whole, "textarea", HTMLTextAreaElement);
  }

  get turns() {
    return this.conversation.turns;
  }

  begin() {
    this.box.placeholder = this.words["chat.placeholder"];
    this.part(".composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.onSend();
    });
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    this.box.addEventListener("input", () => this.fit());
    this.whole.addEventListener("click", (event) => this.onClick(event));
    this.part("input[type=file]").addEventListener("change", () => this.onFile());
    const last = this.turns.at(-1);
    if (last) this.setMood(last.label);
    this.draw();
    this.toEnd();
    this.isBegun = true; // a page that opens leaves the focus where it is
  }

  // ---- what people do

  /** @param {KeyboardEvent} event */
  onKey(event) {
    // Enter that ends a Hangul syllable is no Enter; the page's own keys (draw, stop) stay away
    if (isComposing(event)) return;
    if (event.key === "Enter" || event.key === "Escape") event.stopPropagation();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.onSend();
    } else if (event.key === "Escape") {
      if (this.busy) this.stop();
      else if (this.editing) this.stopEditing();
    }
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const at = (/** @type {string} */ selector) => within(event, selector);
    if (at(".example")) this.ask("say", at(".example")?.dataset.question);
    else if (at(".stop")) this.stop();
    else if (at(".again")) this.ask("again");
    else if (at(".edit")) this.edit();
    else if (at(".not-edit")) this.stopEditing();
    else this.onTool(at("[data-choose], [data-act]")?.dataset ?? {});
  }

  /** @param {DOMStringMap} what */
  onTool({ choose, act }) {
    if (choose) {
      const [place, reply] = choose.split(":").map(Number);
      this.act("choose", { place, reply });
    } else if (act) this.act(act);
  }

  onSend() {
    if (this.busy) return; // what is being typed stays; it can be sent when the reply is there
    this.ask(this.editing ? "edit" : "say", this.box.value);
  }

  async onFile() {
    const input = find(this.whole, "input[type=file]", HTMLInputElement);
    const file = input.files?.[0];
    input.value = ""; // the same file may be chosen again
    if (!file) return;
    const text = file.size > LONGEST_FILE ? "too long" : await file.text();
    this.act("restore", { text });
  }

  // ---- talking to the server

  /**
   * @param {string} action
   * @param {string} question
   */
  ask(action, question = "") {
    if (this.busy) return;
    this.alert("");
    this.busy = { action, question };
    this.writing = "";
    if (action === "say" || action === "edit") this.fill("");
    this.send("submit", this.letter(action, { question, label: this.mood() }));
    this.draw();
    this.toEnd();
    this.box.focus({ preventScroll: true });
  }

  /**
   * @param {string} action
   * @param {object} more
   */
  act(action, more = {}) {
    if (this.busy) return;
    this.alert("");
    this.send("apply", this.letter(action, more));
  }

  /**
   * @param {string} action
   * @param {object} more
   */
  letter(action, more) {
    this.number += 1;
    return { number: this.number, action, conversation: this.conversation, ...more };
  }

  stop() {
    if (!this.busy) return;
    this.send("stop", {});
    this.tell(this.words["chat.stopping"]);
    const { number } = this;
    setTimeout(() => {
      if (!this.busy || this.number !== number) return;
      this.number += 1;
      this.giveBack();
      this.alert(this.words["chat.lost"]);
    }, STOP_MS);
  }

  /** @param {ChatFrame} frame */
  take(frame) {
    if (frame.number !== this.number) return;
    if (frame.text) this.write(frame.text);
    if (frame.stage) this.tell(frame.stage);
    if (frame.file) save(frame.file);
    if (frame.note) this.tell(frame.note);
    if (frame.licence !== undefined) this.licence(frame.licence);
    if (frame.conversation) this.keep(frame.conversation, frame.said);
    else if (frame.is_over) this.giveBack();
    if (frame.alert !== undefined) this.alert(frame.alert);
    if (frame.question && !this.box.value) this.fill(frame.question);
  }

  /**
   * @param {Conversation} conversation
   * @param {string} [said]
   */
  keep(conversation, said) {
    const wasWritten = this.writing;
    this.conversation = conversation;
    this.busy = null;
    this.editing = false;
    remember(MEMORY, JSON.stringify(conversation));
    this.draw();
    if (said && !wasWritten) this.reveal(said);
    if (said) this.tell(`${this.words["chat.partner"]}: ${said}`);
    this.toEnd();
  }

  // Nothing came of it: what was asked stands in the box again.
  giveBack() {
    const asked = this.busy;
    this.busy = null;
    if (asked?.question && !this.box.value) this.fill(asked.question);
    this.draw();
  }

  // ---- editing the last question

  edit() {
    const last = this.turns.at(-1);
    if (!last) return;
    this.editing = true;
    this.fill(last.question);
    this.setMood(last.label);
    this.draw();
    this.box.focus();
  }

  stopEditing() {
    this.editing = false;
    this.fill("");
    this.draw();
    this.box.focus();
  }

  // ---- the moods

  mood() {
    return Number(find(this.whole, "[name=chat-mood]:checked", HTMLInputElement).value);
  }

  /** @param {number} label */
  setMood(label) {
    const radio = this.whole.querySelector(`[name=chat-mood][value="${Number(label)}"]`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
  }

  // ---- drawing

  draw() {
    clearInterval(this.clock);
    const log = this.part(".log");
    const bubbles = this.turns.flatMap((turn, place) => this.bubblesOf(turn, place));
    if (this.busy) bubbles.push(...this.waiting(this.busy));
    const focused = place(log);
    this.part(".log > ol").replaceChildren(...bubbles);
    log.hidden = bubbles.length === 0;
    this.part(".empty").hidden = bubbles.length > 0;
    this.whole.classList.toggle("busy", Boolean(this.busy));
    this.part(".stop").hidden = !this.busy;
    this.part(".send").hidden = Boolean(this.busy);
    this.part(".editing").hidden = !this.editing;
    const isEmpty = this.turns.length === 0;
    for (const tool of this.whole.querySelectorAll("[data-act]")) {
      if (!(tool instanceof HTMLButtonElement)) continue;
      const needsTurns = tool.dataset.act !== "undo" || !this.conversation.put_away?.length;
      tool.disabled = Boolean(this.busy) || (isEmpty && needsTurns);
    }
    this.focusAgain(log, focused);
  }

  /**
   * Drawing made new buttons: the one that had the focus has it again, else the box.
   * @param {HTMLElement} log
   * @param {{ item: number, name: string } | null} focused
   */
  focusAgain(log, focused) {
    const { body, activeElement } = document;
    const gone = "#chat [hidden], #chat :disabled";
    const isLost = !activeElement || activeElement === body || activeElement.closest(gone);
    if (!this.isBegun || (!focused && !isLost)) return;
    const item = focused && log.querySelectorAll("li")[focused.item];
    const button = item?.querySelector(focused?.name ?? "button");
    const isThere = button instanceof HTMLButtonElement && !button.disabled;
    (isThere ? button : this.box).focus({ preventScroll: true });
  }

  /**
   * @param {Turn} turn
   * @param {number} place
   */
  bubblesOf(turn, place) {
    const isLast = place === this.turns.length - 1;
    const { busy } = this;
    // of the turn that is asked again: its question, unless that is what changes
    if (isLast && busy?.action === "again") return [this.bubble("mine", turn.question).item];
    if (isLast && busy && busy.action !== "say") return [];
    const { text } = turn.replies[turn.chosen];
    const mine = this.bubble("mine", turn.question, [this.drawButton(turn.question)]);
    const theirs = this.bubble("theirs", text, [this.drawButton(text)]);
    if (turn.replies.length > 1) theirs.tools.append(...this.others(turn, place));
    if (isLast && !busy) {
      mine.tools.prepend(this.small("edit", this.words["chat.edit"]));
      theirs.tools.append(this.small("again", this.words["chat.again"]));
    }
    return [mine.item, theirs.item];
  }

  /** @param {{ action: string, question: string }} busy */
  waiting({ action, question }) {
    const isShown = action !== "again" && question.trim() !== "";
    const shown = isShown ? [this.bubble("mine", question).item] : [];
    const theirs = this.bubble("theirs", this.writing);
    theirs.item.classList.add("writing");
    if (!this.writing) theirs.said.append(dots(), element("span", "now"));
    return [...shown, theirs.item];
  }

  /** @param {string} text */
  write(text) {
    this.writing = text;
    const said = this.whole.querySelector(".writing .said");
    if (said) said.textContent = text;
    this.toEnd(true);
  }

  /**
   * Word by word, for the eye alone: a screen reader has the whole reply already.
   * @param {string} text
   */
  reveal(text) {
    const said = [...this.whole.querySelectorAll(".theirs .said")].at(-1);
    const words = text.split(" ");
    if (!said || words.length < 2 || calm()) return;
    let shown = 1;
    said.textContent = words[0];
    this.clock = setInterval(() => {
      shown += 1;
      said.textContent = words.slice(0, shown).join(" ");
      this.toEnd(true);
      if (shown >= words.length) clearInterval(this.clock);
    }, WORD_MS);
  }

  /**
   * @param {"mine" | "theirs"} whose
   * @param {string} text
   * @param {HTMLElement[]} buttons
   */
  bubble(whose, text, buttons = []) {
    const item = element("li", whose);
    const who = whose === "mine" ? "chat.person" : "chat.partner";
    item.append(element("span", whose === "mine" ? "unseen" : "who", this.words[who]));
    const said = element("p", "said", text);
    said.lang = "ko";
    const tools = element("div", "by");
    tools.append(...buttons);
    item.append(said, tools);
    return { item, said, tools };
  }

  /** @param {string} text */
  drawButton(text) {
    const button = this.small("draw-this", this.words["chat.draw"]);
    button.dataset.text = text;
    return button;
  }

  /**
   * @param {Turn} turn
   * @param {number} place
   */
  others(turn, place) {
    const count = turn.replies.length;
    /** @type {(to: number, key: string, sign: string) => HTMLButtonElement} */
    const step = (to, key, sign) => {
      const button = this.small("other", sign);
      button.setAttribute("aria-label", this.words[key]);
      button.name = key.slice(key.indexOf(".") + 1);
      button.dataset.choose = `${place}:${to}`;
      button.disabled = to < 0 || to >= count || Boolean(this.busy);
      return button;
    };
    return [
      step(turn.chosen - 1, "chat.earlier", "‹"),
      element("span", "which", `${turn.chosen + 1}/${count}`),
      step(turn.chosen + 1, "chat.later", "›"),
    ];
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  small(name, text) {
    const button = element("button", name, text);
    button.type = "button";
    return button;
  }

  // ---- small things

  /** @param {string} text */
  fill(text) {
    this.box.value = text;
    this.fit();
  }

  // as high as what is typed
  fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight + 4}px`;
  }

  /** @param {string} text */
  tell(text) {
    this.part("[role=status]").textContent = text;
    const now = this.whole.querySelector(".writing .now");
    if (now) now.textContent = text;
  }

  /** @param {string} text */
  alert(text) {
    const box = this.part("[role=alert]");
    box.hidden = !text;
    box.textContent = text;
  }

  /** @param {string} text */
  licence(text) {
    const line = this.part(".licence");
    line.hidden = !text;
    line.textContent = text;
  }

  toEnd(onlyWhenNear = false) {
    const log = this.part(".log");
    const left = log.scrollHeight - log.clientHeight - log.scrollTop;
    if (!onlyWhenNear || left < NEAR) log.scrollTop = log.scrollHeight;
  }
}

/**
 * Which button of which bubble has the focus; null when none has.
 * @param {HTMLElement} log
 */
function place(log) {
  const button = document.activeElement?.closest("button");
  const item = button?.closest("li");
  if (!button || !item || !log.contains(item)) return null;
  const name = button.name ? `[name=${button.name}]` : `.${button.className}`;
  return { item: [...log.querySelectorAll("li")].indexOf(item), name };
}

function dots() {
  const row = element("span", "dots");
  row.setAttribute("aria-hidden", "true");
  row.append(element("i"), element("i"), element("i"));
  return row;
}

/** @param {{ name: string, text: string }} file */
function save({ name, text }) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * The conversation that this browser has kept; what is no conversation is none.
 * @returns {Conversation}
 */
function recalled() {
  const kept = recall(MEMORY);
  /** @type {(turn: any) => boolean} */
  const isWhole = (turn) =>
    typeof turn?.question === "string" && typeof turn.replies?.[turn.chosen]?.text === "string";
  const isTalk = kept?.format === EMPTY.format && Array.isArray(kept.turns);
  return isTalk && kept.turns.every(isWhole) ? kept : { ...EMPTY };
}
