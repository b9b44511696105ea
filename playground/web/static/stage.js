// The stage: follows one job and shows each of its frames. Text is written as text, never as HTML.

import { button, element, find, part } from "./browser.js";
import { watch } from "./job_events.js";

const FRAME_MS = 24; // every preview is really shown, even when many arrive at once
/** @type {RequestInit} */
const POST = { method: "POST", cache: "no-store" };

export class Stage {
  /**
   * @param {Words} words
   * @param {object} how
   * @param {(state: string) => unknown} how.ended
   * @param {(picture: PictureCard) => PictureTool[]} how.tools beside "save"
   * @param {string} [how.root]
   * @param {string} [how.name] the key of its name
   */
  constructor(words, { ended, tools, root = "stage", name = "stage.name" }) {
    this.words = words;
    this.ended = ended;
    this.toolsOf = tools;
    this.rootId = root;
    this.nameKey = name;
    /** @type {number | null} */
    this.job = null;
    /** @type {Frame[]} */
    this.frames = [];
    /** @type {number | null} */
    this.clock = null;
    this.begun = false;
    /** @type {Set<number>} the jobs that were begun on this page */
    this.began = new Set();
    /** @type {number | null} the picture that is shown */
    this.shown = null;
    this.stopWatching = () => {};
  }

  get isFollowing() {
    return this.job !== null;
  }

  get root() {
    return document.getElementById(this.rootId);
  }

  /** @param {string} selector */
  part(selector) {
    return part(document, `#${this.rootId} ${selector}`);
  }

  name() {
    this.part(".bar").setAttribute("aria-label", this.words["stage.progress"]);
    this.root?.setAttribute("role", "region");
    this.root?.setAttribute("aria-label", this.words[this.nameKey]);
  }

  // ---- following a job

  sending() {
    this.alert("");
    if (!this.isFollowing) this.line(this.words["stage.sending"], "");
  }

  /**
   * @param {number} id
   * @param {boolean} replay every frame since the job began, for the page that began it
   */
  follow(id, replay = false) {
    this.stopWatching();
    this.frames = [];
    this.job = id;
    if (replay) this.began.add(id);
    this.begun = false;
    this.shown = null;
    this.busy(true);
    this.stopWatching = watch(id, {
      replay,
      frame: (frame) => this.queue(frame),
      lost: (isOver) => this.onLost(id, isOver),
    });
  }

  /**
   * @param {number} id
   * @param {boolean} isOver otherwise the browser connects again
   */
  onLost(id, isOver) {
    if (this.job !== id) return;
    this.line(this.words["stage.lost"], "");
    if (isOver) setTimeout(() => this.job === id && this.check(id), 2000);
  }

  /** @param {number} id */
  async check(id) {
    try {
      const answer = await fetch(`./jobs/${id}/events`, { method: "HEAD", cache: "no-store" });
      if (answer.status !== 404) return this.follow(id);
    } catch {
      return this.follow(id);
    }
    this.release("gone"); // not ours any more, or the server has forgotten it
  }

  /** @param {Frame} frame */
  queue(frame) {
    if (frame.job !== this.job) return;
    this.frames.push(frame);
    if (frame.state === "cancelled") this.frames = [frame]; // stop means now
    if (this.clock === null) this.next();
  }

  next() {
    const frame = this.frames.shift();
    this.clock = null;
    if (!frame) return;
    this.show(frame);
    if (frame.is_final) return this.finish(frame);
    this.clock = setTimeout(() => this.next(), FRAME_MS);
  }

  /** @param {Frame} frame */
  show(frame) {
    this.line(frame.words, frame.count);
    this.progress(frame.percent);
    this.caption(frame.phrase);
    if (frame.preview) this.image(frame.preview, frame.phrase, true);
    if (frame.count && !this.begun) {
      this.begun = true;
      this.announce(this.words["stage.begun"]);
    }
  }

  /** @param {Frame} frame */
  finish(frame) {
    const picture = frame.picture;
    if (picture) {
      this.shown = picture.id;
      this.image(`./pictures/${picture.id}.png`, picture.alt, false);
      this.prompt(picture.prompt);
      this.used(picture.used);
      this.tools(picture);
    }
    if (frame.alert) this.alert(frame.alert);
    else this.announce(frame.words);
    this.release(frame.state);
  }

  /** @param {string} state */
  release(state) {
    this.stopWatching();
    this.job = null;
    this.busy(false);
    this.ended(state);
  }

  stop() {
    const id = this.job;
    if (id === null) return;
    fetch(`./jobs/${id}/cancel`, POST).catch(() => this.onLost(id, false));
  }

  nothingToStop() {
    this.announce(this.words["stage.nothing_to_stop"]);
    this.line(this.words["stage.nothing_to_stop"], this.part(".count").textContent ?? "");
  }

  // ---- drawings that a crash left unfinished

  /** @param {Offer[]} jobs */
  offer(jobs) {
    const offers = jobs.map(({ id, words }) => {
      const box = element("div", "offer");
      const buttons = element("span", "buttons");
      buttons.append(
        button(this.words["offer.again"], () => this.answer(box, id, "again")),
        button(this.words["offer.dismiss"], () => this.answer(box, id, "dismiss")),
      );
      box.append(element("p", "", words), buttons);
      return box;
    });
    this.part(".offers").replaceChildren(...offers);
  }

  /**
   * @param {HTMLElement} box
   * @param {number} id
   * @param {"again" | "dismiss"} what
   */
  async answer(box, id, what) {
    const answer = await fetch(`./jobs/${id}/${what}`, POST);
    const said = await answer.json();
    // an offer that is gone already needs no other way to go
    if (!answer.ok && what === "again") return this.alert(said.alert);
    box.remove();
    this.alert("");
    if (said.job) this.follow(said.job, true);
  }

  // ---- parts

  /** @param {boolean} isBusy */
  busy(isBusy) {
    this.root?.classList.toggle("busy", isBusy);
    document.body.classList.toggle("drawing", isAnyBusy());
    if (!isBusy) return;
    this.progress(0);
    this.part(".prompt").hidden = true;
    this.part(".used").hidden = true;
    this.part(".tools").hidden = true;
  }

  /**
   * @param {string} words
   * @param {string} count
   */
  line(words, count) {
    this.part(".words").textContent = words;
    this.part(".count").textContent = count;
  }

  /** @param {string} words */
  announce(words) {
    this.part("[role=status]").textContent = words;
  }

  /** @param {string} words */
  alert(words) {
    const box = document.querySelector(`#${this.rootId} [role=alert]`);
    if (!(box instanceof HTMLElement)) return; // the tab was not opened yet
    box.hidden = !words;
    box.textContent = words;
    if (words && !this.isFollowing) this.line("", "");
    if (words) box.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} percent */
  progress(percent) {
    this.part(".bar").setAttribute("aria-valuenow", String(percent));
    this.part(".bar > span").style.width = `${percent}%`;
  }

  /** @param {string} phrase */
  caption(phrase) {
    const caption = this.part(".caption");
    caption.textContent = phrase;
    caption.hidden = false;
  }

  /**
   * @param {string} source
   * @param {string} alt
   * @param {boolean} isPreview
   */
  image(source, alt, isPreview) {
    const image = find(document, `#${this.rootId} img.shown`, HTMLImageElement);
    image.classList.toggle("preview", isPreview);
    image.alt = alt;
    image.src = source;
    image.hidden = false;
    this.part(".welcome").hidden = true;
  }

  /** @param {string} text */
  used(text) {
    const line = this.part(".used");
    line.textContent = text;
    line.hidden = !text;
  }

  /** @param {string} text */
  prompt(text) {
    const line = this.part(".prompt");
    this.part(".prompt > :last-child").textContent = text;
    line.hidden = !text;
  }

  /**
   * Show nothing any more of a picture that was deleted.
   * @param {number} id
   */
  clear(id) {
    if (this.shown !== id) return;
    this.shown = null;
    const image = find(document, `#${this.rootId} img.shown`, HTMLImageElement);
    image.removeAttribute("src");
    image.alt = "";
    image.hidden = true;
    for (const selector of [".caption", ".prompt", ".used", ".tools"]) {
      this.part(selector).hidden = true;
    }
    this.progress(0);
    this.line("", "");
    this.part(".welcome").hidden = false;
  }

  /** @param {PictureCard} picture */
  tools(picture) {
    const tools = this.part(".tools");
    tools.replaceChildren(...pictureTools(this.words, picture, this.toolsOf(picture)));
    tools.hidden = false;
  }
}

function isAnyBusy() {
  return document.querySelector("#stage.busy, #draw-stage.busy") !== null;
}

/**
 * The buttons of a finished picture, for the album too.
 * @param {Words} words
 * @param {PictureCard} picture
 * @param {PictureTool[]} tools
 */
export function pictureTools(words, picture, tools) {
  const save = element("a", "chip", words["album.save"]);
  save.href = `./pictures/${picture.id}.png?save=true`;
  save.download = picture.file;
  return [save, ...tools.map(([key, act]) => button(words[key], act))];
}
