// The mask canvas: strokes over the picture to start from, and the black and white PNG of them.
// Strokes are remembered as they were made and drawn again, so that any of them can be taken back.

import { element, find, part, within } from "./browser.js";
import { textBox, write } from "./gradio.js";

const MOST_SIDE = 1024; // pixels of the mask; it is scaled to the picture
const CURSOR = [
  { colour: "#000", thick: 3 },
  { colour: "#fff", thick: 1.5 },
];
const WAIT_MS = 500; // after a stroke, before the mask is sent
const MOST_UNDO = 200;
/** @type {Record<string, [x: number, y: number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** @type {Record<string, string>} */
const ACTS = { z: "undo", Z: "undo", i: "invert", I: "invert", Delete: "clear" };
/** @type {Record<string, string>} */
const DONE = { undo: "mask.undone", invert: "mask.inverted", clear: "mask.cleared" };
const STEP = 8; // pixels an arrow key moves; five times that with Shift

export class MaskPainter {
  /**
   * @param {Words} words
   * @param {() => void} lost what was painted could not be sent
   */
  constructor(words, lost) {
    this.words = words;
    this.lost = lost;
    this.canvas = element("canvas"); // until the page has its own
    this.size = element("input");
    this.image = "";
    this.sent = ""; // the digest of what was sent last, as far as the page has been told
    /** @type {MaskAct[]} */
    this.acts = [];
    this.isErasing = false;
    this.isDown = false;
    this.isOwnMask = false; // the mask that comes back is what is on the canvas already
    /** @type {Point} */
    this.cursor = { x: 0, y: 0 };
    this.token = "";
    /** @type {Promise<void> | null} */
    this.sending = null;
    /** @type {number | null} */
    this.timer = null;
  }

  get board() {
    return part(document, "#draw-mask-board");
  }

  /**
   * The picture to start from, and the mask that is kept, as their digests.
   * @param {string} image
   * @param {string} mask
   */
  show(image, mask) {
    if (!document.querySelector("#draw-mask-board canvas")) return;
    const board = this.board;
    if (!board.dataset.begun) this.begin(board);
    part(board, ".empty").hidden = Boolean(image);
    part(board, ".painter").hidden = !image;
    if (image !== this.image) {
      this.image = image;
      this.acts = [];
      this.token = "";
      if (image) this.load(board, image);
    }
    if (mask !== this.sent) this.takeOver(mask);
  }

  // Wait until what was painted has been sent; return its token, "" when nothing was painted.
  async settled() {
    if (this.timer) {
      clearTimeout(this.timer);
      this.sending = this.upload();
    }
    await this.sending;
    return this.token;
  }

  // ---- the picture below and a mask from elsewhere

  /**
   * @param {HTMLElement} board
   * @param {string} image
   */
  load(board, image) {
    const picture = find(board, "img", HTMLImageElement);
    picture.onload = () => {
      const { canvas } = this;
      const scale = Math.min(1, MOST_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
      canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
      this.cursor = { x: canvas.width / 2, y: canvas.height / 2 };
      this.paint();
    };
    picture.src = `./inputs/${image}.png`;
  }

  /**
   * A mask that was uploaded, or kept from before a reload.
   * @param {string} mask
   */
  takeOver(mask) {
    this.sent = mask;
    if (this.isOwnMask) return void (this.isOwnMask = false);
    this.token = "";
    if (!mask) {
      this.acts = [];
      return void this.paint();
    }
    const picture = new Image();
    picture.onload = () => {
      this.acts = [{ kind: "picture", picture }];
      this.paint();
    };
    picture.src = `./inputs/${mask}.png`;
  }

  // ---- hands on the canvas

  /** @param {HTMLElement} board */
  begin(board) {
    board.dataset.begun = "true";
    const canvas = find(board, "canvas", HTMLCanvasElement);
    this.canvas = canvas;
    this.size = find(board, "input[type=range]", HTMLInputElement);
    canvas.setAttribute("aria-label", this.words["mask.canvas"]);
    board.addEventListener("click", (event) => {
      const act = within(event, "[data-act]")?.dataset.act;
      if (act) this.press(act);
    });
    canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      canvas.setPointerCapture(event.pointerId);
      this.dab(this.at(event), true);
      this.isDown = true;
    });
    canvas.addEventListener("pointermove", (event) => {
      for (const one of event.getCoalescedEvents?.() ?? [event]) {
        if (this.isDown) this.dab(this.at(one), false);
      }
    });
    for (const name of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(name, () => {
        if (this.isDown) this.changed();
        this.isDown = false;
      });
    }
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    canvas.addEventListener("blur", () => this.paint());
  }

  /**
   * @param {PointerEvent} event
   * @returns {Point}
   */
  at(event) {
    const { canvas } = this;
    const box = canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * canvas.width,
      y: ((event.clientY - box.top) / box.height) * canvas.height,
    };
  }

  /**
   * @param {Point} point
   * @param {boolean} isNew a stroke begins
   */
  dab(point, isNew) {
    this.cursor = point;
    if (isNew) {
      const size = Number(this.size.value);
      this.acts.push({ kind: "stroke", points: [], size, isErasing: this.isErasing });
      if (this.acts.length > MOST_UNDO) this.flatten();
    }
    const stroke = this.acts.at(-1);
    if (stroke?.kind === "stroke") stroke.points.push(point);
    this.paint();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) {
      const far = STEP * (event.shiftKey ? 5 : 1);
      this.cursor = {
        x: Math.min(Math.max(0, this.cursor.x + move[0] * far), this.canvas.width),
        y: Math.min(Math.max(0, this.cursor.y + move[1] * far), this.canvas.height),
      };
      this.paint();
    } else if (event.key === " ") {
      this.dab(this.cursor, true);
      this.changed();
      this.tell(this.isErasing ? "mask.erased" : "mask.painted");
    } else if (event.key === "[" || event.key === "]") {
      this.size.value = String(Number(this.size.value) + (event.key === "]" ? 6 : -6));
      this.paint();
    } else if (ACTS[event.key]) this.press(ACTS[event.key]);
    else return;
    event.preventDefault();
  }

  /** @param {string} act */
  press(act) {
    if (act === "brush" || act === "erase") {
      this.isErasing = act === "erase";
      for (const button of this.board.querySelectorAll("[aria-pressed]")) {
        if (!(button instanceof HTMLElement)) continue;
        button.setAttribute("aria-pressed", String(button.dataset.act === act));
      }
      return;
    }
    if (act === "undo") this.acts.pop();
    if (act === "invert") this.acts.push({ kind: "invert" });
    if (act === "clear") this.acts = [];
    this.paint();
    this.changed();
    if (DONE[act]) this.tell(DONE[act]);
  }

  /** @param {string} key */
  tell(key) {
    part(this.board, "[role=status]").textContent = this.words[key];
  }

  // ---- paint

  // Black and white, as the server takes it.
  drawn() {
    const sheet = element("canvas");
    sheet.width = this.canvas.width;
    sheet.height = this.canvas.height;
    const pen = penOf(sheet);
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    for (const act of this.acts) draw(pen, act, sheet);
    return sheet;
  }

  paint() {
    if (!this.image) return;
    const { canvas } = this;
    const pen = penOf(canvas);
    const { width, height } = canvas;
    pen.clearRect(0, 0, width, height);
    // white becomes paint one can see through: the sheet's light is used as paint's thickness
    const sheet = this.drawn();
    const dots = penOf(sheet).getImageData(0, 0, width, height);
    for (let at = 0; at < dots.data.length; at += 4) {
      const light = dots.data[at];
      dots.data[at] = 255;
      dots.data[at + 1] = 70;
      dots.data[at + 2] = 40;
      dots.data[at + 3] = light * 0.62;
    }
    pen.putImageData(dots, 0, 0);
    if (document.activeElement === canvas) {
      for (const { colour, thick } of CURSOR) {
        pen.strokeStyle = colour;
        pen.lineWidth = thick;
        pen.beginPath();
        pen.arc(this.cursor.x, this.cursor.y, Number(this.size.value) / 2, 0, 2 * Math.PI);
        pen.stroke();
      }
    }
  }

  flatten() {
    const last = this.acts.pop();
    this.acts = [{ kind: "picture", picture: this.drawn() }];
    if (last) this.acts.push(last);
  }

  // ---- to the server

  changed() {
    clearTimeout(this.timer ?? undefined);
    this.timer = setTimeout(() => void (this.sending = this.upload()), WAIT_MS);
  }

  async upload() {
    this.timer = null;
    if (!this.acts.length) {
      this.token = "";
      return void this.hand("");
    }
    /** @type {Blob | null} */
    const blob = await new Promise((done) => this.drawn().toBlob(done, "image/png"));
    try {
      const headers = { "X-File-Name": "mask.png", "Content-Type": "application/octet-stream" };
      const answer = await fetch("./drops", { method: "POST", headers, body: blob });
      if (!answer.ok) throw new Error(answer.statusText);
      this.token = (await answer.json()).token;
      this.hand(this.token);
    } catch {
      this.lost();
    }
  }

  /**
   * The token goes to Gradio as that of an uploaded mask would.
   * @param {string} token
   */
  hand(token) {
    const box = textBox("draw-mask-drop");
    if (!box || box.value === token) return;
    this.isOwnMask = true;
    write(box, token);
  }
}

/** @param {HTMLCanvasElement} canvas */
function penOf(canvas) {
  const pen = canvas.getContext("2d");
  if (!pen) throw new TypeError("this canvas cannot be drawn on");
  return pen;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {MaskAct} act
 * @param {HTMLCanvasElement} sheet
 */
function draw(pen, act, sheet) {
  if (act.kind === "picture") pen.drawImage(act.picture, 0, 0, sheet.width, sheet.height);
  else if (act.kind === "invert") {
    pen.globalCompositeOperation = "difference";
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    pen.globalCompositeOperation = "source-over";
  } else {
    pen.strokeStyle = pen.fillStyle = act.isErasing ? "#000" : "#fff";
    pen.lineWidth = act.size;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    const [first, ...rest] = act.points;
    pen.moveTo(first.x, first.y);
    if (!rest.length) pen.lineTo(first.x + 0.01, first.y); // a dot
    for (const point of rest) pen.lineTo(point.x, point.y);
    pen.stroke();
  }
}
