// The mask canvas: strokes over the picture to start from, and the black and white PNG of them.
// Strokes are remembered as they were made and drawn again, so that any of them can be taken back.

const MOST_SIDE = 1024; // pixels of the mask; it is scaled to the picture
const WAIT_MS = 500; // after a stroke, before the mask is sent
const MOST_UNDO = 200;
const STEP = 8; // pixels an arrow key moves; five times that with Shift

export class MaskPainter {
  constructor(words, lost) {
    this.words = words;
    this.lost = lost;
    this.image = "";
    this.sent = ""; // the digest of what was sent last, as far as the page has been told
    this.acts = [];
    this.isErasing = false;
    this.cursor = null;
    this.token = "";
    this.sending = null;
    this.timer = null;
  }

  get board() {
    return document.getElementById("draw-mask-board");
  }

  // The picture to start from, and the mask that is kept, as their digests.
  show(image, mask) {
    const board = this.board;
    if (!board?.querySelector("canvas")) return;
    if (!board.dataset.begun) this.begin(board);
    board.querySelector(".empty").hidden = Boolean(image);
    board.querySelector(".painter").hidden = !image;
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

  load(board, image) {
    const picture = board.querySelector("img");
    picture.onload = () => {
      const scale = Math.min(1, MOST_SIDE / Math.max(picture.naturalWidth, picture.naturalHeight));
      this.canvas.width = Math.max(1, Math.round(picture.naturalWidth * scale));
      this.canvas.height = Math.max(1, Math.round(picture.naturalHeight * scale));
      this.cursor = { x: this.canvas.width / 2, y: this.canvas.height / 2 };
      this.paint();
    };
    picture.src = `./inputs/${image}.png`;
  }

  // A mask that was uploaded, or kept from before a reload.
  takeOver(mask) {
    this.sent = mask;
    if (this.ownMask) return void (this.ownMask = false);
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

  begin(board) {
    board.dataset.begun = "true";
    this.canvas = board.querySelector("canvas");
    this.canvas.setAttribute("aria-label", this.words["mask.canvas"]);
    this.size = board.querySelector("input[type=range]");
    board.addEventListener("click", (event) => {
      const act = event.target.closest?.("[data-act]")?.dataset.act;
      if (act) this.press(act);
    });
    this.canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.canvas.focus({ preventScroll: true });
      this.canvas.setPointerCapture(event.pointerId);
      this.dab(this.at(event), true);
      this.isDown = true;
    });
    this.canvas.addEventListener("pointermove", (event) => {
      for (const one of event.getCoalescedEvents?.() ?? [event]) {
        if (this.isDown) this.dab(this.at(one), false);
      }
    });
    for (const name of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(name, () => {
        if (this.isDown) this.changed();
        this.isDown = false;
      });
    }
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
    this.canvas.addEventListener("blur", () => this.paint());
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * this.canvas.width,
      y: ((event.clientY - box.top) / box.height) * this.canvas.height,
    };
  }

  dab(point, isNew) {
    this.cursor = point;
    if (isNew) {
      const size = Number(this.size.value);
      this.acts.push({ kind: "stroke", points: [], size, isErasing: this.isErasing });
      if (this.acts.length > MOST_UNDO) this.flatten();
    }
    this.acts.at(-1).points.push(point);
    this.paint();
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = moves[event.key];
    const acts = { z: "undo", Z: "undo", i: "invert", I: "invert", Delete: "clear" };
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
      this.size.value = Number(this.size.value) + (event.key === "]" ? 6 : -6);
      this.paint();
    } else if (acts[event.key]) this.press(acts[event.key]);
    else return;
    event.preventDefault();
  }

  press(act) {
    if (act === "brush" || act === "erase") {
      this.isErasing = act === "erase";
      for (const button of this.board.querySelectorAll("[aria-pressed]")) {
        button.setAttribute("aria-pressed", String(button.dataset.act === act));
      }
      return;
    }
    if (act === "undo") this.acts.pop();
    if (act === "invert") this.acts.push({ kind: "invert" });
    if (act === "clear") this.acts = [];
    this.paint();
    this.changed();
    this.tell({ undo: "mask.undone", invert: "mask.inverted", clear: "mask.cleared" }[act]);
  }

  tell(key) {
    this.board.querySelector("[role=status]").textContent = this.words[key];
  }

  // ---- paint

  // Black and white, as the server takes it.
  drawn() {
    const sheet = document.createElement("canvas");
    sheet.width = this.canvas.width;
    sheet.height = this.canvas.height;
    const pen = sheet.getContext("2d");
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, sheet.width, sheet.height);
    for (const act of this.acts) draw(pen, act, sheet);
    return sheet;
  }

  paint() {
    if (!this.canvas || !this.image) return;
    const pen = this.canvas.getContext("2d");
    const { width, height } = this.canvas;
    pen.clearRect(0, 0, width, height);
    // white becomes paint one can see through: the sheet's light is used as paint's thickness
    const sheet = this.drawn();
    const dots = sheet.getContext("2d").getImageData(0, 0, width, height);
    for (let at = 0; at < dots.data.length; at += 4) {
      const light = dots.data[at];
      dots.data[at] = 255;
      dots.data[at + 1] = 70;
      dots.data[at + 2] = 40;
      dots.data[at + 3] = light * 0.62;
    }
    pen.putImageData(dots, 0, 0);
    if (document.activeElement === this.canvas && this.cursor) {
      for (const [colour, thick] of [["#000", 3], ["#fff", 1.5]]) {
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
    this.acts = [{ kind: "picture", picture: this.drawn() }, last];
  }

  // ---- to the server

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.sending = this.upload()), WAIT_MS);
  }

  async upload() {
    this.timer = null;
    if (!this.acts.length) {
      this.token = "";
      return void this.hand("");
    }
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

  // The token goes to Gradio as that of an uploaded mask would.
  hand(token) {
    const box = document.querySelector("#draw-mask-drop :is(textarea, input)");
    if (!box || box.value === token) return;
    this.ownMask = true; // what comes back is what is on the canvas already
    box.value = token;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

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
