// The Next word and the Novel tab: buttons with data-act send what they say together with the state
// that this browser keeps; the answer is the tab's HTML with the new state inside it.

const PREFIX = "amumal-";
const SILENCE_MS = 90000; // without a sign for so long nothing is coming any more
const LOOK_MS = 300; // after the last movement of a slider
const KEYS = { KeyR: "[data-act=roll], [data-act=again]", KeyB: "[data-act=branch]" };

const tools = new Map();

export function attach(name, trigger) {
  const root = document.getElementById(name);
  if (root && !root.dataset.attached) tools.set(name, new Tool(root, name, trigger));
}

// A control has changed: what is shown is asked for again.
export function look(name) {
  tools.get(name)?.lookSoon();
}

class Tool {
  constructor(root, name, trigger) {
    this.root = root;
    this.name = name;
    this.trigger = trigger;
    this.turn = 0;
    this.isBusy = false;
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
    return this.root.querySelector("[data-state]");
  }

  // ---- what people do

  onClick(event) {
    const button = event.target.closest?.("[data-act]");
    if (!button || !this.root.contains(button)) return;
    if ("edit" in button.dataset) this.edit(button);
    else this.send({ ...button.dataset });
  }

  // Gradio's own buttons of the tab: their id says what they do, a text box what they do it with.
  onOutside(event) {
    const button = event.target.closest?.(`[id^="${this.name}-do-"]`);
    if (!button) return;
    const act = button.id.slice(this.name.length + 4);
    const text = document.querySelector(`#${this.name}-text textarea, #${this.name}-text input`);
    this.send({ act, text: text?.value ?? "" });
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.root.offsetParent) return; // another tab is open
    if (event.key === "Escape" && this.isBusy) {
      document.getElementById(`${this.name}-stop`)?.click();
      return;
    }
    if (event.target.matches?.("input, textarea, select, [role=tab], [role=option]")) return;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
    const selector = digit
      ? `[data-key="${digit}"]`
      : event.key === "Backspace"
        ? "[data-act=undo]"
        : KEYS[event.code];
    const button = selector && this.root.querySelector(selector);
    if (!button) return;
    event.preventDefault();
    if (!this.root.contains(document.activeElement)) button.focus();
    button.click();
  }

  edit(button) {
    this.root.querySelector(".editor")?.remove();
    const form = document.createElement("form");
    form.className = "editor";
    const box = document.createElement("textarea");
    box.value = button.dataset.edit;
    box.rows = 2;
    box.lang = "ko";
    box.setAttribute("aria-label", window.amumalWords["candidates.edit"]);
    const close = () => {
      form.remove();
      button.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { edit, ...data } = button.dataset;
      form.remove();
      this.send({ ...data, text: box.value });
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      event.stopPropagation();
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.append(
      box,
      chip(window.amumalWords["candidates.save"], "submit"),
      chip(window.amumalWords["candidates.cancel"], "button", close),
    );
    button.closest("li").append(form);
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

  send(data) {
    if (this.isBusy && data.act !== "restore") return;
    const active = document.activeElement;
    this.focus = this.root.contains(active) ? { ...active.dataset } : null;
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
    this.keep(shown.dataset.state);
    if ("busy" in shown.dataset) this.busy(true);
    else if (turn >= this.turn && this.isBusy) {
      this.busy(false);
      this.refocus();
    }
  }

  busy(isBusy) {
    this.isBusy = isBusy;
    this.root.classList.toggle("busy", isBusy);
    this.root.setAttribute("aria-busy", String(isBusy));
    this.root.dataset.busyWords = window.amumalWords["candidates.busy"];
    clearTimeout(this.watchdog);
    if (isBusy) this.watchdog = setTimeout(() => this.busy(false), SILENCE_MS);
  }

  refocus() {
    if (!this.focus) return;
    const { act, at } = this.focus;
    const same = at === undefined ? `[data-act="${act}"]` : `[data-act="${act}"][data-at="${at}"]`;
    const next = this.root.querySelector(same) ?? this.root.querySelector("[data-act]");
    next?.focus({ preventScroll: true });
  }

  // ---- what the browser remembers; one that refuses is no reason to stop

  state() {
    try {
      const text = this.shown?.dataset.state ?? localStorage.getItem(PREFIX + this.name);
      return text ? JSON.parse(text) : null;
    } catch {
      return "?"; // the server says that it cannot be read
    }
  }

  keep(text) {
    try {
      localStorage.setItem(PREFIX + this.name, text);
    } catch {
      /* private window or full */
    }
  }

  putAside() {
    try {
      const old = localStorage.getItem(PREFIX + this.name);
      if (old) localStorage.setItem(`${PREFIX}${this.name}-old`, old);
    } catch {
      /* private window or full */
    }
  }
}

function chip(text, type, act) {
  const button = document.createElement("button");
  button.type = type;
  button.className = "chip";
  button.textContent = text;
  if (act) button.addEventListener("click", act);
  return button;
}
