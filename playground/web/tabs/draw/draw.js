// The Draw tab: what its controls hold, its jobs one after the other, pictures that are sent here.
// Gradio draws the controls; stage.js shows a job; mask.js is the canvas; parts.js is the shelf.

import { calm, part, recall, remember, whenThere, within } from "./browser.js";
import { byName, inOrder, openTab, updates, withoutTyped } from "./gradio.js";
import { MaskPainter } from "./mask.js";
import { PartsShelf } from "./parts.js";
import { Stage } from "./stage.js";

const MEMORY = "amumal-draw-2";
const JOBS = "amumal-draw-jobs-1";
const MOST_JOBS = 40; // remembered as this tab's; twice what the queue takes of one visitor
const PHONE = "(max-width: 767px)";
/** @type {Record<string, string>} what a picture is sent for -> the group of controls about it */
const GROUPS = { source: "source", mask: "mask", hires: "hires", enlarge: "hires" };
const BOXES = { prompt: "draw-prompt", negative_prompt: "draw-negative-prompt" };
const LISTS = ["model", "vae", "refiner", "upscaler"]; // may hold a value that was not offered yet

export class DrawTab {
  /**
   * @param {Words} words
   * @param {object} how
   * @param {(state: string) => unknown} how.ended
   * @param {import("./deletion.js").Deletion} how.deletion
   */
  constructor(words, { ended, deletion }) {
    this.words = words;
    this.deletion = deletion;
    this.ended = ended;
    this.stage = new Stage(words, {
      root: "draw-stage",
      name: "drawing.stage",
      ended: (state) => this.afterJob(state),
      tools: (picture) => [
        ...["source", "mask", "hires", "enlarge"].map((to) => this.sender(picture, to)),
        ["delete.picture", () => deletion.picture(picture.id)],
      ],
    });
    this.mask = new MaskPainter(words, () => this.stage.alert(words["mask.lost"]));
    this.parts = new PartsShelf(words);
    this.values = saved(); // by the names of FIELDS (tabs/draw/form.py)
    /** @type {number[]} jobs of a batch that are still to be shown */
    this.queue = [];
    this.restored = false;
    this.sentAt = 0;
    this.stopNext = false;
    this.sending = ""; // where the picture that was sent here goes
    /** @type {number | null} a job to be followed once the tab is there */
    this.returning = null;
  }

  begin() {
    document.addEventListener("click", (event) => {
      if (within(event, "#draw-start")) {
        this.sentAt = Date.now();
        this.stage.sending();
      } else if (within(event, "#draw-stop")) this.onStop();
    });
    whenThere("#draw-stage .frame", () => {
      this.stage.name();
      if (this.returning) this.stage.follow(this.returning);
      this.returning = null;
    });
  }

  // ---- what Gradio's events call

  /**
   * What the start button sends: a mask that was just painted goes along.
   * @param {string[]} names
   * @param {unknown[]} values
   */
  async meant(names, ...values) {
    const form = byName(names, values);
    const token = await this.mask.settled();
    if (token) form.mask = chosenUpload(token);
    return inOrder(names, form);
  }

  /** @param {DrawTicket | null} ticket */
  take(ticket) {
    if (!ticket) return;
    if (ticket.jobs) this.sentAt = 0; // it has come: a stop means what is shown
    this.stage.alert(ticket.alert ?? "");
    if (!ticket.jobs?.length) return;
    this.note(ticket.jobs);
    this.queue = ticket.jobs.slice(1);
    this.stage.follow(ticket.jobs[0], true);
    if (this.stopNext) this.onStop();
    this.stopNext = false;
    if (matchMedia(PHONE).matches) this.lookAt("draw-stage");
  }

  /**
   * The tab has been opened: only what is wrong is shown, an alert that is there stays.
   * @param {AlertTicket | null} ticket
   * @param {Shelf | null} shelf
   */
  arrived(ticket, shelf) {
    if (ticket?.alert) this.stage.alert(ticket.alert);
    this.shelve(shelf);
  }

  /**
   * Another model: other LoRAs suit.
   * @param {Shelf | null} shelf
   */
  shelve(shelf) {
    if (shelf) this.parts.fill(shelf.parts);
  }

  /**
   * The settings of a picture were read from its file.
   * @param {string[]} names
   * @param {AlertTicket | null} ticket
   * @param {unknown[]} values
   */
  read(names, ticket, ...values) {
    this.stage.alert(ticket?.alert ?? "");
    this.save(names, ...values);
    if (!ticket?.alert) this.lookAt("draw-prompt");
  }

  /**
   * A picture was sent here; its group is shown.
   * @param {string[]} names
   * @param {AlertTicket | null} ticket
   * @param {unknown[]} values
   */
  sent(names, ticket, ...values) {
    this.stage.alert(ticket?.alert ?? "");
    this.save(names, ...values);
    const group = GROUPS[this.sending];
    this.lookAt(group ? `draw-group-${group}` : "draw-prompt");
  }

  /**
   * @param {string[]} names
   * @param {unknown[]} values
   */
  save(names, ...values) {
    if (!this.restored) return; // the empty form of a page that is still loading
    this.values = byName(names, values);
    remember(MEMORY, JSON.stringify(this.values));
    this.show();
    this.parts.look();
  }

  /** @param {string[]} names */
  restore(names) {
    this.restored = true;
    const form = withoutTyped(saved(), BOXES);
    const offered = LISTS.filter((name) => form[name]).map((name) => [name, [form[name]]]);
    return updates(names, form, Object.fromEntries(offered));
  }

  // ---- the picture to start from

  show() {
    const image = String(this.values.image || "");
    const mask = String(this.values.mask || "");
    const shown = document.querySelector("#draw-source img");
    if (shown instanceof HTMLImageElement) {
      const show = (/** @type {boolean} */ isThere) => {
        shown.hidden = !isThere;
        part(document, "#draw-source .empty").hidden = isThere;
      };
      show(Boolean(image));
      shown.onerror = () => show(false); // it was deleted since it was chosen
      const source = image ? `./inputs/${image}.png` : "";
      if (source && shown.getAttribute("src") !== source) {
        shown.src = source;
        shown.alt = this.words["drawing.start.alt"];
      }
    }
    this.mask.show(image, mask);
  }

  /**
   * Put a picture, or its settings, into the controls; from any tab.
   * @param {PictureCard} picture
   * @param {string} to
   */
  send(picture, to) {
    this.sending = to;
    openTab("draw");
    const wait = setInterval(() => {
      const { send } = window.amumal.events;
      if (!send || !document.querySelector("#draw-stage[role=region]")) return;
      clearInterval(wait);
      send(picture.id, to);
    }, 30);
  }

  /**
   * @param {PictureCard} picture
   * @param {string} to
   * @returns {PictureTool}
   */
  sender(picture, to) {
    return [`drawing.send.${to}`, () => this.send(picture, to)];
  }

  /**
   * Delete what was uploaded at the server too.
   * @param {unknown[]} digests of the picture and the mask that stand in the form
   */
  async forget(...digests) {
    for (const name of ["image", "mask"]) {
      const remove = document.querySelector(`#draw-${name}-file .remove`);
      if (remove instanceof HTMLElement && !remove.hidden) remove.click();
    }
    await this.deletion.inputs(digests.map(String).filter(Boolean));
    return ["", ""];
  }

  /** @param {string} id */
  lookAt(id) {
    const behavior = calm() ? "auto" : "smooth";
    document.getElementById(id)?.scrollIntoView({ behavior, block: "start" });
  }

  // ---- jobs

  /** @param {number} job */
  owns(job) {
    return jobs().includes(job);
  }

  /** @param {number[]} ids */
  note(ids) {
    remember(JOBS, JSON.stringify([...jobs(), ...ids].slice(-MOST_JOBS)));
  }

  /**
   * The page was reloaded while a drawing of this tab goes on.
   * @param {number} job
   */
  comeBack(job) {
    if (this.stage.isFollowing) return;
    if (this.stage.root) return void this.stage.follow(job);
    this.returning = job;
    openTab("draw");
  }

  onStop() {
    for (const id of this.queue) fetch(`./jobs/${id}/cancel`, { method: "POST" }).catch(() => {});
    this.queue = [];
    if (this.stage.isFollowing) this.stage.stop();
    else if (Date.now() - this.sentAt < 3000) this.stopNext = true; // its ticket is on the way
    else this.stage.nothingToStop();
  }

  /** @param {string} state */
  afterJob(state) {
    const next = this.queue.shift();
    if (next) this.stage.follow(next, true);
    if (state === "done") window.amumal.events.plan?.();
    this.ended(state);
  }
}

/**
 * The jobs that were begun in this tab.
 * @returns {number[]}
 */
function jobs() {
  const found = recall(JOBS);
  return Array.isArray(found) ? found : [];
}

/**
 * What stood in the controls when this browser was here last.
 * @returns {FormValues}
 */
function saved() {
  const found = recall(MEMORY);
  return found && typeof found === "object" && !Array.isArray(found) ? found : {};
}

/**
 * A file that has just come, as a picture to start from: form.py beside reads it.
 * @param {string} token
 */
function chosenUpload(token) {
  return `drop:${token}`;
}
