// The page's own behaviour: theme, keys, what the browser remembers, and who talks to whom.
// Gradio draws the controls; stage.js shows a job; album.js shows past pictures.

import { Album } from "./album.js";
import { calm, recallText, remember, whenThere } from "./browser.js";
import { DrawTab } from "./draw.js";
import { Stage } from "./stage.js";

const MEMORY = "amumal-play-1";
const THEME = "amumal-theme";
const POLL_MS = 1000;
const CARD_FIELD = 2; // positions in the form's SAVED_FIELDS (forms.py)
const MODEL_FIELD = 11;
const FIELDS = 12;
const PHONE = "(max-width: 767px)";

export function start() {
  const page = new Page();
  page.begin();
  return page;
}

class Page {
  constructor() {
    this.album = new Album(words(), (picture, to) => this.draw.send(picture, to));
    this.stage = new Stage(words(), {
      ended: (state) => this.afterJob(state),
      tools: (picture) => [
        ["album.reuse", () => this.album.reuse(picture)],
        ["drawing.polish", () => this.draw.send(picture, "settings")],
      ],
    });
    this.draw = new DrawTab(words(), { ended: (state) => this.afterJob(state) });
    this.cards = [];
    this.restored = false;
    this.touched = "card"; // what was touched last is what is meant: the card or the typed text
    this.sentAt = 0;
    this.stopNext = false;
  }

  begin() {
    keepTheme();
    document.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("keydown", onKey);
    document.addEventListener("input", (event) => this.onTouch(event), true);
    document.addEventListener("blur", keepTypedNumber, true);
    this.draw.begin();
    whenThere("#stage .frame", () => {
      this.stage.name();
      this.visit(true);
    });
    whenThere("#gallery ul", () => this.album.load());
    whenThere("#phrases", joinCards);
    whenThere("#tabs", () => nameDials(words()));
  }

  // ---- what Gradio's events call

  take(ticket) {
    if (!ticket) return;
    if (ticket.said) {
      this.cards = ticket.said;
      this.touched = "card";
    }
    this.stage.alert(ticket.alert ?? "");
    if (!ticket.job) return;
    this.stage.follow(ticket.job, true);
    if (this.stopNext) this.stage.stop();
    this.stopNext = false;
    if (matchMedia(PHONE).matches) {
      document.getElementById("stage").scrollIntoView({ behavior: calm() ? "auto" : "smooth" });
    }
  }

  // What the draw button sends: the card only when the card is what the person means.
  meant(card, ...others) {
    return [this.touched === "text" ? null : card, ...others];
  }

  // An update, because Gradio takes a bare null for "no change".
  letGo() {
    return [{ __type__: "update", ...(this.touched === "text" ? { value: null } : {}) }];
  }

  save(...values) {
    if (!this.restored) return; // the empty form of a page that is still loading
    remember(MEMORY, JSON.stringify({ values, cards: this.cards }));
  }

  restore() {
    const saved = recall(MEMORY);
    const updates = Array.from({ length: FIELDS }, (_, index) => {
      const update = { __type__: "update" };
      const value = saved?.values[index];
      if (value === undefined) return update;
      if (index === CARD_FIELD) update.choices = saved.cards.map((card) => [card, card]);
      if (index === MODEL_FIELD) update.choices = [[value, value]];
      return { ...update, value };
    });
    if (saved) this.cards = saved.cards;
    this.restored = true;
    return updates;
  }

  // ---- what people do

  onClick(event) {
    const at = (selector) => event.target.closest?.(selector);
    if (at("#theme")) toggleTheme();
    else if (at("#stop")) this.onStop();
    else if (at(".draw-this")) this.drawThis(at(".draw-this").dataset.text);
    else if (at("#illustrate")) {
      this.sentAt = Date.now();
      this.stage.sending();
    }
  }

  // A phrase of another tab: the stage is in the Play tab, so that is where it is drawn.
  drawThis(text) {
    document.querySelector("#tab-play-button, [aria-controls=tab-play]")?.click();
    this.sentAt = Date.now();
    this.stage.sending();
    window.amumalDraw(text);
    document.getElementById("stage")?.scrollIntoView({ behavior: calm() ? "auto" : "smooth" });
  }

  onTouch(event) {
    if (event.target.closest?.("#own-text")) this.touched = "text";
    else if (event.target.closest?.("#phrases")) this.touched = "card";
  }

  onStop() {
    if (this.stage.isFollowing) this.stage.stop();
    else if (Date.now() - this.sentAt < 3000) this.stopNext = true; // its ticket is on the way
    else this.stage.nothingToStop();
  }

  async afterJob(state) {
    if (state === "done") await this.album.load();
    await this.visit(true);
  }

  // ---- what is going on at the server

  async visit(attach) {
    let seen;
    try {
      const answer = await fetch("./visit", { cache: "no-store" });
      if (!answer.ok) return;
      seen = await answer.json();
    } catch {
      setTimeout(() => this.visit(attach), 3 * POLL_MS);
      return;
    }
    if (attach) {
      this.stage.offer(seen.interrupted);
      if (seen.job && this.draw.owns(seen.job)) this.draw.comeBack(seen.job);
      else if (seen.job && !this.stage.isFollowing) this.stage.follow(seen.job);
    }
    this.showPainter(seen.painter);
  }

  showPainter({ stage, words }) {
    const pill = document.getElementById("pill");
    if (!pill) return;
    const isUp = stage === "ready" || stage === "drawing";
    if (isUp && pill.hidden) return;
    if (pill.textContent !== words) pill.textContent = words;
    pill.dataset.stage = stage;
    pill.hidden = false;
    clearTimeout(this.poll);
    if (isUp) setTimeout(() => (pill.hidden = true), 1500);
    else this.poll = setTimeout(() => this.visit(false), stage === "failed" ? 5000 : POLL_MS);
  }
}

function words() {
  return window.amumalWords; // put into the page in the browser's language
}

function isDrawTab() {
  return Boolean(document.getElementById("draw-start")?.offsetParent);
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229) return; // a Hangul syllable is being put together
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    document.getElementById(isDrawTab() ? "draw-start" : "illustrate")?.click();
  } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    document.getElementById(isDrawTab() ? "draw-stop" : "stop")?.click();
  }
}

// Gradio gives every card a group of its own when cards are replaced; in one group the arrow keys
// walk over them and a screen reader counts them.
function joinCards() {
  const cards = document.getElementById("phrases");
  const join = () => {
    for (const card of cards.querySelectorAll("input[type=radio]")) {
      if (card.name !== "amumal-cards") card.name = "amumal-cards";
    }
  };
  new MutationObserver(join).observe(cards, {
    subtree: true,
    childList: true,
    attributeFilter: ["name"],
  });
  join();
}

// Gradio names the parts of a slider in English only.
function nameDials(words) {
  const parts = {
    "input[type=number]": "dial.number",
    "input[type=range]": "dial.slider",
    "button[aria-label^=Reset]": "dial.reset",
  };
  const name = () => {
    for (const [selector, key] of Object.entries(parts)) {
      for (const part of document.querySelectorAll(`#tabs .block ${selector}`)) {
        const label = part.closest(".block").querySelector("[data-testid=block-info]");
        if (!label) continue; // of our own HTML, which names its parts itself
        const wanted = words[key].replace("{label}", label.textContent.trim());
        if (part.getAttribute("aria-label") !== wanted) part.setAttribute("aria-label", wanted);
        if (part.title && part.title !== wanted) part.title = wanted;
      }
    }
  };
  new MutationObserver(name).observe(document.getElementById("tabs"), {
    subtree: true,
    childList: true,
  });
  name();
}

// Gradio pulls a number that is out of range back into it, silently. The server says what is wrong.
function keepTypedNumber(event) {
  if (event.target.matches?.("#tabs input[type=number]")) event.stopImmediatePropagation();
}

// ---- theme

function isDarkWanted() {
  const chosen = recallText(THEME) ?? window.amumalTheme;
  if (chosen === "dark" || chosen === "light") return chosen === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function paintTheme() {
  const dark = isDarkWanted();
  document.documentElement.classList.toggle("night", dark);
  if (document.body.classList.contains("dark") !== dark) {
    document.body.classList.toggle("dark", dark);
  }
  document.getElementById("theme")?.setAttribute("aria-pressed", String(dark));
}

function keepTheme() {
  paintTheme();
  // Gradio paints the system's theme when it mounts; the person's choice comes back at once.
  new MutationObserver(paintTheme).observe(document.body, { attributeFilter: ["class"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paintTheme);
  whenThere("#theme", paintTheme);
}

function toggleTheme() {
  remember(THEME, isDarkWanted() ? "light" : "dark");
  paintTheme();
}

function recall(key) {
  try {
    const saved = JSON.parse(recallText(key));
    const isForm = Array.isArray(saved?.values) && saved.values.length >= FIELDS - 1;
    return isForm && Array.isArray(saved.cards) ? saved : null;
  } catch {
    return null;
  }
}
