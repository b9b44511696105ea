// The Talk tab: draws the conversation, keeps it in this browser, hands every step to the server.
// What a conversation is and may become, the server knows; here it is only shown, as text.

const MEMORY = "amumal-chat-1";
const WORD_MS = 45; // a reply that came whole is shown word by word
const STOP_MS = 4000; // a server that has not stopped by then is not heard any more
const NEAR = 80; // pixels from the end within which the log follows what is said
const LONGEST_FILE = 4_000_000;
const EMPTY = { format: "amumal-chat", version: 1, turns: [], put_away: [] };

let chat = null;

// `send` hands an action to the server; "say" streams, "act" answers at once, "stop" says nothing.
export function begin(send) {
  const whole = document.getElementById("chat");
  if (!whole?.querySelector(".composer")) return void setTimeout(() => begin(send), 50);
  chat = new Chat(whole, send);
  chat.begin();
}

export function take(line) {
  if (line) chat?.take(JSON.parse(line));
}

class Chat {
  constructor(whole, send) {
    this.whole = whole;
    this.send = send;
    this.words = window.amumalWords;
    this.conversation = recall();
    this.number = 0; // of what was asked of the server last; answers to anything else are late
    this.busy = null; // the action whose reply is being written
    this.editing = false;
    this.isBegun = false;
  }

  part(selector) {
    return this.whole.querySelector(selector);
  }

  get box() {
    return this.part("textarea");
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
    this.part("input[type=file]").addEventListener("change", (event) => this.onFile(event));
    if (this.turns.length) this.setMood(this.turns.at(-1).label);
    this.draw();
    this.toEnd();
    this.isBegun = true; // a page that opens leaves the focus where it is
  }

  // ---- what people do

  onKey(event) {
    // Enter that ends a Hangul syllable is no Enter; the page's own keys (draw, stop) stay away
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" || event.key === "Escape") event.stopPropagation();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.onSend();
    } else if (event.key === "Escape") {
      if (this.busy) this.stop();
      else if (this.editing) this.stopEditing();
    }
  }

  onClick(event) {
    const at = (selector) => event.target.closest?.(selector);
    if (at(".example")) this.ask("say", at(".example").dataset.question);
    else if (at(".stop")) this.stop();
    else if (at(".again")) this.ask("again");
    else if (at(".edit")) this.edit();
    else if (at(".not-edit")) this.stopEditing();
    else if (at("[data-choose]")) {
      const [place, reply] = at("[data-choose]").dataset.choose.split(":").map(Number);
      this.act("choose", { place, reply });
    } else if (at("[data-act]")) this.act(at("[data-act]").dataset.act);
  }

  onSend() {
    if (this.busy) return; // what is being typed stays; it can be sent when the reply is there
    this.ask(this.editing ? "edit" : "say", this.box.value);
  }

  async onFile(event) {
    const file = event.target.files[0];
    event.target.value = ""; // the same file may be chosen again
    if (!file) return;
    const text = file.size > LONGEST_FILE ? "too long" : await file.text();
    this.act("restore", { text });
  }

  // ---- talking to the server

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

  act(action, more = {}) {
    if (this.busy) return;
    this.alert("");
    this.send("apply", this.letter(action, more));
  }

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

  take(frame) {
    if (frame.number !== this.number) return;
    if (frame.text) this.write(frame.text);
    if (frame.stage) this.tell(frame.stage);
    if (frame.file) save(frame.file);
    if (frame.note) this.tell(frame.note);
    if (frame.licence !== undefined) this.licence(frame.licence);
    if (frame.conversation) this.keep(frame);
    else if (frame.is_over) this.giveBack();
    if (frame.alert !== undefined) this.alert(frame.alert);
    if (frame.question && !this.box.value) this.fill(frame.question);
  }

  keep(frame) {
    const wasWritten = this.writing;
    this.conversation = frame.conversation;
    this.busy = null;
    this.editing = false;
    remember(this.conversation);
    this.draw();
    if (frame.said && !wasWritten) this.reveal(frame.said);
    if (frame.said) this.tell(`${this.words["chat.partner"]}: ${frame.said}`);
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
    this.editing = true;
    this.fill(this.turns.at(-1).question);
    this.setMood(this.turns.at(-1).label);
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
    return Number(this.part("[name=chat-mood]:checked")?.value ?? 0);
  }

  setMood(label) {
    const radio = this.part(`[name=chat-mood][value="${Number(label)}"]`);
    if (radio) radio.checked = true;
  }

  // ---- drawing

  draw() {
    clearInterval(this.clock);
    const log = this.part(".log");
    const bubbles = this.turns.flatMap((turn, place) => this.bubblesOf(turn, place));
    if (this.busy) bubbles.push(...this.waiting());
    const focused = place(log);
    log.firstElementChild.replaceChildren(...bubbles);
    log.hidden = bubbles.length === 0;
    this.part(".empty").hidden = bubbles.length > 0;
    this.whole.classList.toggle("busy", Boolean(this.busy));
    this.part(".stop").hidden = !this.busy;
    this.part(".send").hidden = Boolean(this.busy);
    this.part(".editing").hidden = !this.editing;
    const isEmpty = this.turns.length === 0;
    for (const tool of this.whole.querySelectorAll("[data-act]")) {
      const needsTurns = tool.dataset.act !== "undo" || !this.conversation.put_away?.length;
      tool.disabled = Boolean(this.busy) || (isEmpty && needsTurns);
    }
    this.focusAgain(log, focused);
  }

  // Drawing made new buttons: the one that had the focus has it again, else the box.
  focusAgain(log, focused) {
    const { body, activeElement } = document;
    const gone = "#chat [hidden], #chat :disabled";
    const isLost = !activeElement || activeElement === body || activeElement.closest(gone);
    if (!this.isBegun || (!focused && !isLost)) return;
    const button = focused && log.querySelectorAll("li")[focused.item]?.querySelector(focused.name);
    (button && !button.disabled ? button : this.box).focus({ preventScroll: true });
  }

  bubblesOf(turn, place) {
    const isLast = place === this.turns.length - 1;
    if (isLast && this.busy && this.busy.action !== "say") return this.oldPart(turn);
    const { text } = turn.replies[turn.chosen];
    const mine = this.bubble("mine", turn.question, [this.drawButton(turn.question)]);
    const theirs = this.bubble("theirs", text, [this.drawButton(text)]);
    if (turn.replies.length > 1) theirs.lastElementChild.append(...this.others(turn, place));
    if (isLast && !this.busy) {
      mine.lastElementChild.prepend(this.small("edit", this.words["chat.edit"]));
      theirs.lastElementChild.append(this.small("again", this.words["chat.again"]));
    }
    return [mine, theirs];
  }

  // Of the turn that is being asked again: its question, unless that is what changes.
  oldPart(turn) {
    return this.busy.action === "again" ? [this.bubble("mine", turn.question)] : [];
  }

  waiting() {
    const { action, question } = this.busy;
    const shown = action === "again" || !question.trim() ? [] : [this.bubble("mine", question)];
    const theirs = this.bubble("theirs", this.writing);
    theirs.classList.add("writing");
    if (!this.writing) theirs.querySelector(".said").append(dots(), element("span", "now"));
    return [...shown, theirs];
  }

  write(text) {
    this.writing = text;
    const said = this.part(".writing .said");
    if (said) said.textContent = text;
    this.toEnd(true);
  }

  // Word by word, for the eye alone: the whole reply was told already.
  reveal(text) {
    const said = [...this.whole.querySelectorAll(".theirs .said")].at(-1);
    const words = text.split(" ");
    if (!said || words.length < 2 || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    let shown = 1;
    said.textContent = words[0];
    this.clock = setInterval(() => {
      shown += 1;
      said.textContent = words.slice(0, shown).join(" ");
      this.toEnd(true);
      if (shown >= words.length) clearInterval(this.clock);
    }, WORD_MS);
  }

  bubble(whose, text, buttons = []) {
    const item = element("li", whose);
    const who = whose === "mine" ? "chat.person" : "chat.partner";
    item.append(element("span", whose === "mine" ? "unseen" : "who", this.words[who]));
    const said = element("p", "said", text);
    said.lang = "ko";
    const tools = element("div", "by");
    tools.append(...buttons);
    item.append(said, tools);
    return item;
  }

  drawButton(text) {
    const button = this.small("draw-this", this.words["chat.draw"]);
    button.dataset.text = text;
    return button;
  }

  others(turn, place) {
    const count = turn.replies.length;
    const step = (to, key, sign) => {
      const button = this.small("other", sign);
      button.setAttribute("aria-label", this.words[key]);
      button.name = key.replace("chat.", "");
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

  small(name, text) {
    const button = element("button", name, text);
    button.type = "button";
    return button;
  }

  // ---- small things

  fill(text) {
    this.box.value = text;
    this.fit();
  }

  // as high as what is typed
  fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${this.box.scrollHeight + 4}px`;
  }

  tell(text) {
    this.part("[role=status]").textContent = text;
    const now = this.part(".writing .now");
    if (now) now.textContent = text;
  }

  alert(text) {
    const box = this.part("[role=alert]");
    box.hidden = !text;
    box.textContent = text;
  }

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

function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// Which button of which bubble has the focus; null when none has.
function place(log) {
  const button = document.activeElement?.closest?.("button");
  if (!button || !log.contains(button)) return null;
  const items = [...log.querySelectorAll("li")];
  const name = button.name ? `[name=${button.name}]` : `.${button.className}`;
  return { item: items.indexOf(button.closest("li")), name };
}

function dots() {
  const row = element("span", "dots");
  row.setAttribute("aria-hidden", "true");
  row.append(element("i"), element("i"), element("i"));
  return row;
}

function save({ name, text }) {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// ---- what this browser remembers; one that refuses is no reason to stop

function remember(conversation) {
  try {
    localStorage.setItem(MEMORY, JSON.stringify(conversation));
  } catch {
    /* private window or full */
  }
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(MEMORY));
    const isWhole = (turn) =>
      typeof turn.question === "string" && typeof turn.replies[turn.chosen].text === "string";
    return kept?.format === EMPTY.format && kept.turns.every(isWhole) ? kept : { ...EMPTY };
  } catch {
    return { ...EMPTY };
  }
}
