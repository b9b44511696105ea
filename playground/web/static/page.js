// The page's own behaviour: theme, keys, what the browser remembers, and who talks to whom.
// Gradio draws the controls; stage.js shows a job; album.js shows past pictures.

import { Album } from "./album.js";
import { calm, fill, isComposing, part, recall, recallText, remember } from "./browser.js";
import { whenThere, within, words } from "./browser.js";
import { Connection } from "./connection.js";
import { Deletion } from "./deletion.js";
import { DrawTab } from "./draw.js";
import { FrozenSeed } from "./frozen_seed.js";
import { byName, click, inOrder, openTab, update, updates, withoutTyped } from "./gradio.js";
import { Stage } from "./stage.js";

const MEMORY = "amumal-play-1";
const THEME = "amumal-theme";
const POLL_MS = 1000;
// The order in which the form's values were remembered while they had no names.
const UNNAMED =
  "count surprise card own_text sampler steps guidance width height seed negative_prompt model";
const PHONE = "(max-width: 767px)";

export function start() {
  const page = new Page();
  page.begin();
  return page;
}

export class Page {
  constructor() {
    this.connection = new Connection(words(), () => this.visit("offers"));
    this.deletion = new Deletion(words(), (picture) => this.afterDeletion(picture));
    this.album = new Album(words(), (picture, to) => this.draw.send(picture, to), this.deletion);
    this.stage = new Stage(words(), {
      ended: (state) => this.afterJob(state),
      tools: (picture) => [
        ["album.reuse", () => this.album.reuse(picture)],
        ["drawing.polish", () => this.draw.send(picture, "settings")],
        ["delete.picture", () => this.deletion.picture(picture.id)],
      ],
    });
    const ended = (/** @type {string} */ state) => this.afterJob(state);
    this.draw = new DrawTab(words(), { ended, deletion: this.deletion });
    this.frozenSeed = new FrozenSeed(words());
    /** @type {string[]} */
    this.cards = [];
    /** @type {number | undefined} */
    this.poll = undefined;
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
    this.connection.begin();
    this.frozenSeed.begin();
    whenThere("#stage .frame", () => {
      this.stage.name();
      this.visit("any");
    });
    whenThere("#gallery ul", () => this.album.load());
    whenThere("#phrases", joinCards);
    whenThere("#tabs", () => nameDials(words()));
  }

  // ---- what Gradio's events call

  /** @param {PlayTicket | null} ticket */
  take(ticket) {
    if (!ticket) return;
    if (!ticket.said) this.sentAt = 0; // it has come: a stop means what is shown
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
      lookAtStage();
    }
  }

  /**
   * What the draw button sends: the card only when the card is what the person means.
   * @param {string[]} names
   * @param {unknown[]} values
   */
  meant(names, ...values) {
    const form = byName(names, values);
    if (this.touched === "text") form.card = null;
    return inOrder(names, form);
  }

  letGo() {
    return [update(this.touched === "text" ? { value: null } : {})];
  }

  /**
   * @param {string[]} names
   * @param {unknown[]} values
   */
  save(names, ...values) {
    if (!this.restored) return; // the empty form of a page that is still loading
    const form = byName(names, values);
    this.frozenSeed.show(form.seed);
    remember(MEMORY, JSON.stringify({ values: form, cards: this.cards }));
  }

  /** @param {string[]} names */
  restore(names) {
    const { values, cards } = saved();
    this.cards = cards;
    this.restored = true;
    this.frozenSeed.show(values.seed);
    const kept = withoutTyped(values, { own_text: "own-text" });
    return updates(names, kept, { card: cards, model: [String(values.model)] });
  }

  // ---- what people do

  /** @param {MouseEvent} event */
  onClick(event) {
    const phrase = within(event, ".draw-this");
    if (within(event, "#theme")) toggleTheme();
    else if (within(event, "#stop")) this.onStop();
    else if (phrase) this.drawThis(phrase.dataset.text ?? "");
    else if (within(event, "#illustrate")) {
      this.sentAt = Date.now();
      this.stage.sending();
    }
  }

  /**
   * A phrase of another tab: the stage is in the Play tab, so that is where it is drawn.
   * @param {string} text
   */
  drawThis(text) {
    openTab("play");
    this.sentAt = Date.now();
    this.stage.sending();
    window.amumal.events.drawThis?.(text);
    lookAtStage();
  }

  /** @param {Event} event */
  onTouch(event) {
    if (within(event, "#own-text")) this.touched = "text";
    else if (within(event, "#phrases")) this.touched = "card";
  }

  onStop() {
    if (this.stage.isFollowing) this.stage.stop();
    else if (Date.now() - this.sentAt < 3000) this.stopNext = true; // its ticket is on the way
    else this.stage.nothingToStop();
  }

  /** @param {string} state */
  async afterJob(state) {
    if (state === "done") await this.album.load();
    await this.visit("own");
  }

  /** @param {number | null} picture which went; null: one came back */
  afterDeletion(picture) {
    if (picture === null) return this.album.load();
    this.album.takeOut(picture);
    this.stage.clear(picture);
    return this.draw.stage.clear(picture);
  }

  // ---- what is going on at the server

  /**
   * @param {"any" | "own" | "offers" | ""} attach follow the job that is going on: any of this
   *     visitor's, or one that this page began; offer those that are not going on
   */
  async visit(attach) {
    /** @type {VisitState} */
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
      // another window's job is not this one's to show, nor to stop
      const isMeant = attach === "any" || (attach === "own" && this.began(seen.job));
      if (!isMeant) seen.job = null;
      if (seen.job && this.draw.owns(seen.job)) this.draw.comeBack(seen.job);
      else if (seen.job && !this.stage.isFollowing) this.stage.follow(seen.job);
    }
    this.showPainter(seen.painter);
  }

  /** @param {number | null} job */
  began(job) {
    return job !== null && (this.stage.began.has(job) || this.draw.stage.began.has(job));
  }

  /** @param {PainterState} painter */
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
    else this.poll = setTimeout(() => this.visit(""), stage === "failed" ? 5000 : POLL_MS);
  }
}

function lookAtStage() {
  document.getElementById("stage")?.scrollIntoView({ behavior: calm() ? "auto" : "smooth" });
}

function isDrawTab() {
  return Boolean(document.getElementById("draw-start")?.offsetParent);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (isComposing(event)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    click(isDrawTab() ? "#draw-start" : "#illustrate");
  } else if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    click(isDrawTab() ? "#draw-stop" : "#stop");
  }
}

// Gradio gives every card a group of its own when cards are replaced; in one group the arrow keys
// walk over them and a screen reader counts them.
function joinCards() {
  const cards = part(document, "#phrases");
  const join = () => {
    for (const card of cards.querySelectorAll("input")) {
      if (card.type === "radio" && card.name !== "amumal-cards") card.name = "amumal-cards";
    }
  };
  new MutationObserver(join).observe(cards, {
    subtree: true,
    childList: true,
    attributeFilter: ["name"],
  });
  join();
}

/**
 * Gradio names the parts of a slider in English only.
 * @param {Words} words
 */
function nameDials(words) {
  const parts = {
    "input[type=number]": "dial.number",
    "input[type=range]": "dial.slider",
    "button[aria-label^=Reset]": "dial.reset",
  };
  const name = () => {
    for (const [selector, key] of Object.entries(parts)) {
      for (const dial of document.querySelectorAll(`#tabs .block ${selector}`)) {
        const label = dial.closest(".block")?.querySelector("[data-testid=block-info]");
        if (!label) continue; // of our own HTML, which names its parts itself
        const wanted = fill(words[key], { label: label.textContent?.trim() ?? "" });
        for (const name of ["aria-label", "title"]) {
          const now = dial.getAttribute(name);
          if (now !== wanted && (now || name === "aria-label")) dial.setAttribute(name, wanted);
        }
      }
    }
  };
  new MutationObserver(name).observe(part(document, "#tabs"), {
    subtree: true,
    childList: true,
  });
  name();
}

/**
 * Gradio pulls a number that is out of range back into it, silently. The server says what is wrong.
 * @param {Event} event
 */
function keepTypedNumber(event) {
  if (within(event, "#tabs input[type=number]")) event.stopImmediatePropagation();
}

// ---- theme

function isDarkWanted() {
  const chosen = recallText(THEME) ?? window.amumal.theme;
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

/**
 * What stood in the form when this browser was here last.
 * @returns {{ values: FormValues, cards: string[] }}
 */
function saved() {
  const { values, cards } = recall(MEMORY) ?? {};
  const isForm = values && typeof values === "object" && Array.isArray(cards);
  if (!isForm) return { values: {}, cards: [] };
  const named = Array.isArray(values) ? byName(UNNAMED.split(" "), values) : values;
  return { values: named, cards };
}
