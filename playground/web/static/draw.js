// The Draw tab: what its controls hold, its jobs one after the other, pictures that are sent here.
// Gradio draws the controls; stage.js shows a job; mask.js is the canvas.

import { calm, recallText, remember, whenThere } from "./browser.js";
import { MaskPainter } from "./mask.js";
import { Stage } from "./stage.js";

const MEMORY = "amumal-draw-1";
const JOBS = "amumal-draw-jobs-1";
const MOST_JOBS = 40; // remembered as this tab's; the queue takes far fewer
const PHONE = "(max-width: 767px)";
// The controls in the order of FIELDS (draw_form.py) are counted from the back: pictures and masks.
const IMAGE = -10;
const MASK = -7;
const LISTS = { model: 4 }; // may hold a value that the server has not offered yet

export class DrawTab {
  constructor(words, { ended }) {
    this.words = words;
    this.ended = ended;
    this.stage = new Stage(words, {
      root: "draw-stage",
      name: "drawing.stage",
      ended: (state) => this.afterJob(state),
      tools: (picture) =>
        ["source", "mask", "hires"].map((to) => [
          `drawing.send.${to}`,
          () => this.send(picture, to),
        ]),
    });
    this.mask = new MaskPainter(words, () => this.stage.alert(words["mask.lost"]));
    this.values = recall()?.values ?? [];
    this.queue = []; // jobs of a batch that are still to be shown
    this.restored = false;
    this.sentAt = 0;
    this.stopNext = false;
    this.returning = null;
  }

  begin() {
    document.addEventListener("click", (event) => {
      const at = (selector) => event.target.closest?.(selector);
      if (at("#draw-start")) {
        this.sentAt = Date.now();
        this.stage.sending();
      } else if (at("#draw-stop")) this.onStop();
    });
    whenThere("#draw-stage .frame", () => {
      this.stage.name();
      if (this.returning) this.stage.follow(this.returning);
      this.returning = null;
    });
  }

  // ---- what Gradio's events call

  // What the start button sends: a mask that was just painted goes along.
  async meant(...values) {
    const token = await this.mask.settled();
    if (token) values.splice(MASK, 1, `drop:${token}`);
    return values;
  }

  take(ticket) {
    if (!ticket) return;
    this.stage.alert(ticket.alert ?? "");
    if (!ticket.jobs?.length) return;
    this.note(ticket.jobs);
    this.queue = ticket.jobs.slice(1);
    this.stage.follow(ticket.jobs[0], true);
    if (this.stopNext) this.onStop();
    this.stopNext = false;
    if (matchMedia(PHONE).matches) this.lookAt("draw-stage");
  }

  // The tab has been opened: only what is wrong is told, an alert that is there stays.
  warn(ticket) {
    if (ticket?.alert) this.stage.alert(ticket.alert);
  }

  sent(ticket, ...values) {
    this.stage.alert(ticket?.alert ?? "");
    this.save(...values);
    const group = { source: "source", mask: "mask", hires: "hires" }[this.sending];
    this.lookAt(group ? `draw-group-${group}` : "draw-prompt");
  }

  save(...values) {
    if (!this.restored) return; // the empty form of a page that is still loading
    this.values = values;
    remember(MEMORY, JSON.stringify({ values }));
    this.show();
  }

  restore() {
    this.restored = true;
    const saved = recall();
    if (!saved) return [];
    return saved.values.map((value, index) => {
      const update = { __type__: "update", value };
      if (index === LISTS.model && value) update.choices = [[value, value]];
      return update;
    });
  }

  // ---- the picture to start from

  show() {
    const image = this.values.at(IMAGE) || "";
    const mask = this.values.at(MASK) || "";
    const board = document.getElementById("draw-source");
    if (board?.querySelector("img")) {
      const shown = board.querySelector("img");
      shown.hidden = !image;
      board.querySelector(".empty").hidden = Boolean(image);
      const source = image ? `./inputs/${image}.png` : "";
      if (source && shown.getAttribute("src") !== source) {
        shown.src = source;
        shown.alt = this.words["drawing.start.alt"];
      }
    }
    this.mask.show(image, mask);
  }

  // Put a picture, or its settings, into the controls; from any tab.
  send(picture, to) {
    this.sending = to;
    document.querySelector("#tab-draw-button, [aria-controls=tab-draw]")?.click();
    const wait = setInterval(() => {
      if (!window.amumalSend || !document.querySelector("#draw-stage[role=region]")) return;
      clearInterval(wait);
      window.amumalSend(picture.id, to);
    }, 30);
  }

  lookAt(id) {
    const behavior = calm() ? "auto" : "smooth";
    document.getElementById(id)?.scrollIntoView({ behavior, block: "start" });
  }

  // ---- jobs

  owns(job) {
    return jobs().includes(job);
  }

  note(ids) {
    remember(JOBS, JSON.stringify([...jobs(), ...ids].slice(-MOST_JOBS)));
  }

  // The page was reloaded while a drawing of this tab goes on.
  comeBack(job) {
    if (this.stage.isFollowing) return;
    if (this.stage.root) return void this.stage.follow(job);
    this.returning = job;
    document.querySelector("#tab-draw-button, [aria-controls=tab-draw]")?.click();
  }

  onStop() {
    for (const id of this.queue) fetch(`./jobs/${id}/cancel`, { method: "POST" }).catch(() => {});
    this.queue = [];
    if (this.stage.isFollowing) this.stage.stop();
    else if (Date.now() - this.sentAt < 3000) this.stopNext = true; // its ticket is on the way
    else this.stage.nothingToStop();
  }

  afterJob(state) {
    const next = this.queue.shift();
    if (next) this.stage.follow(next, true);
    this.ended(state);
  }
}

function jobs() {
  try {
    const found = JSON.parse(recallText(JOBS));
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

function recall() {
  try {
    const saved = JSON.parse(recallText(MEMORY));
    return Array.isArray(saved?.values) ? saved : null;
  } catch {
    return null;
  }
}
