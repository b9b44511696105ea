// The Draw tab: what its controls hold, its jobs one after the other, pictures that are sent here.
// Gradio draws the controls; stage.js shows a job; mask.js is the canvas; parts.js is the shelf.

import { calm, recallText, remember, whenThere } from "./browser.js";
import { MaskPainter } from "./mask.js";
import { PartsShelf } from "./parts.js";
import { Stage } from "./stage.js";

const MEMORY = "amumal-draw-2";
const JOBS = "amumal-draw-jobs-1";
const MOST_JOBS = 40; // remembered as this tab's; twice what the queue takes of one visitor
const PHONE = "(max-width: 767px)";
const LISTS = ["model", "vae", "refiner", "upscaler"]; // may hold a value that was not offered yet

export class DrawTab {
  constructor(words, { ended }) {
    this.words = words;
    this.ended = ended;
    this.stage = new Stage(words, {
      root: "draw-stage",
      name: "drawing.stage",
      ended: (state) => this.afterJob(state),
      tools: (picture) =>
        ["source", "mask", "hires", "enlarge"].map((to) => [
          `drawing.send.${to}`,
          () => this.send(picture, to),
        ]),
    });
    this.mask = new MaskPainter(words, () => this.stage.alert(words["mask.lost"]));
    this.parts = new PartsShelf(words);
    this.values = recall() ?? {}; // by the names of FIELDS (draw_form.py)
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
  async meant(names, ...values) {
    const token = await this.mask.settled();
    if (token) values[names.indexOf("mask")] = `drop:${token}`;
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
  arrived(ticket, shelf) {
    if (ticket?.alert) this.stage.alert(ticket.alert);
    this.shelve(shelf);
  }

  // Another model: other LoRAs suit.
  shelve(shelf) {
    if (shelf) this.parts.fill(shelf.parts);
  }

  read(names, ticket, ...values) {
    this.stage.alert(ticket?.alert ?? "");
    this.save(names, ...values);
    if (!ticket?.alert) this.lookAt("draw-prompt");
  }

  sent(names, ticket, ...values) {
    this.stage.alert(ticket?.alert ?? "");
    this.save(names, ...values);
    const group = { source: "source", mask: "mask", hires: "hires", enlarge: "hires" }[this.sending];
    this.lookAt(group ? `draw-group-${group}` : "draw-prompt");
  }

  save(names, ...values) {
    if (!this.restored) return; // the empty form of a page that is still loading
    this.values = Object.fromEntries(names.map((name, index) => [name, values[index]]));
    remember(MEMORY, JSON.stringify(this.values));
    this.show();
    this.parts.look();
  }

  restore(names) {
    this.restored = true;
    const saved = recall() ?? {};
    return names.map((name) => {
      const update = { __type__: "update" };
      if (!(name in saved)) return update;
      const value = saved[name];
      if (LISTS.includes(name) && value) update.choices = [[value, value]];
      return { ...update, value };
    });
  }

  // ---- the picture to start from

  show() {
    const image = this.values.image || "";
    const mask = this.values.mask || "";
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
    if (state === "done") window.amumalPlan?.(); // set by an event of the tab for Python
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
    return saved && typeof saved === "object" && !Array.isArray(saved) ? saved : null;
  } catch {
    return null;
  }
}
