// The stage: follows one job and shows each of its frames. Text is written as text, never as HTML.

const FRAME_MS = 24; // every preview is really shown, even when many arrive at once
const POST = { method: "POST", cache: "no-store" };

export class Stage {
  // `tools`: picture -> [[key of a word, what pressing it does], ...], beside "save"
  constructor(words, { ended, tools, root = "stage", name = "stage.name" }) {
    this.words = words;
    this.ended = ended;
    this.toolsOf = tools;
    this.rootId = root;
    this.nameKey = name;
    this.job = null;
    this.source = null;
    this.frames = [];
    this.clock = null;
  }

  get isFollowing() {
    return this.job !== null;
  }

  get root() {
    return document.getElementById(this.rootId);
  }

  part(selector) {
    return document.querySelector(`#${this.rootId} ${selector}`);
  }

  name() {
    this.part(".bar").setAttribute("aria-label", this.words["stage.progress"]);
    this.root.setAttribute("role", "region");
    this.root.setAttribute("aria-label", this.words[this.nameKey]);
  }

  // ---- following a job

  sending() {
    this.alert("");
    if (!this.isFollowing) this.line(this.words["stage.sending"], "");
  }

  // `replay`: every frame since the job began, for the page that began it
  follow(id, replay = false) {
    this.source?.close();
    this.frames = [];
    this.job = id;
    this.begun = false;
    this.busy(true);
    this.source = new EventSource(`./jobs/${id}/events${replay ? "?replay=true" : ""}`);
    this.source.onmessage = (message) => this.queue(JSON.parse(message.data));
    this.source.addEventListener("end", () => this.source.close());
    this.source.onerror = () => this.onLost(id);
  }

  onLost(id) {
    if (this.job !== id) return;
    this.line(this.words["stage.lost"], "");
    if (this.source.readyState !== EventSource.CLOSED) return; // the browser connects again
    setTimeout(() => this.job === id && this.check(id), 2000);
  }

  async check(id) {
    try {
      const answer = await fetch(`./jobs/${id}/events`, { method: "HEAD", cache: "no-store" });
      if (answer.status !== 404) return this.follow(id);
    } catch {
      return this.follow(id);
    }
    this.release("gone"); // not ours any more, or the server has forgotten it
  }

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

  finish(frame) {
    const picture = frame.picture;
    if (picture) {
      this.image(`./pictures/${picture.id}.png`, picture.alt, false);
      this.prompt(picture.prompt);
      this.used(picture.used);
      this.tools(picture);
    }
    if (frame.alert) this.alert(frame.alert);
    else this.announce(frame.words);
    this.release(frame.state);
  }

  release(state) {
    this.source?.close();
    this.job = null;
    this.busy(false);
    this.ended(state);
  }

  stop() {
    const id = this.job;
    fetch(`./jobs/${id}/cancel`, POST).catch(() => this.onLost(id));
  }

  nothingToStop() {
    this.announce(this.words["stage.nothing_to_stop"]);
    this.line(this.words["stage.nothing_to_stop"], this.part(".count").textContent);
  }

  // ---- drawings that a crash left unfinished

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

  async answer(box, id, what) {
    const answer = await fetch(`./jobs/${id}/${what}`, POST);
    const said = await answer.json();
    if (!answer.ok) return this.alert(said.alert);
    box.remove();
    this.alert("");
    if (said.job) this.follow(said.job, true);
  }

  // ---- parts

  busy(isBusy) {
    this.root.classList.toggle("busy", isBusy);
    document.body.classList.toggle("drawing", isAnyBusy());
    if (!isBusy) return;
    this.progress(0);
    this.part(".prompt").hidden = true;
    this.part(".used").hidden = true;
    this.part(".tools").hidden = true;
  }

  line(words, count) {
    this.part(".words").textContent = words;
    this.part(".count").textContent = count;
  }

  announce(words) {
    this.part("[role=status]").textContent = words;
  }

  alert(words) {
    const box = this.part("[role=alert]");
    if (!box) return;
    box.hidden = !words;
    box.textContent = words;
    if (words && !this.isFollowing) this.line("", "");
    if (words) box.scrollIntoView({ block: "nearest" });
  }

  progress(percent) {
    const bar = this.part(".bar");
    bar.setAttribute("aria-valuenow", String(percent));
    bar.firstElementChild.style.width = `${percent}%`;
  }

  caption(phrase) {
    const caption = this.part(".caption");
    caption.textContent = phrase;
    caption.hidden = false;
  }

  image(source, alt, isPreview) {
    const image = this.part("img.shown");
    image.classList.toggle("preview", isPreview);
    image.alt = alt;
    image.src = source;
    image.hidden = false;
    this.part(".welcome").hidden = true;
  }

  used(text) {
    const line = this.part(".used");
    line.textContent = text;
    line.hidden = !text;
  }

  prompt(text) {
    const line = this.part(".prompt");
    line.lastElementChild.textContent = text;
    line.hidden = !text;
  }

  tools(picture) {
    const tools = this.part(".tools");
    tools.replaceChildren(...pictureTools(this.words, picture, this.toolsOf(picture)));
    tools.hidden = false;
  }
}

// ---- for the album too

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function button(text, act) {
  const made = element("button", "chip", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function isAnyBusy() {
  return document.querySelector("#stage.busy, #draw-stage.busy") !== null;
}

export function pictureTools(words, picture, tools) {
  const save = element("a", "chip", words["album.save"]);
  save.href = `./pictures/${picture.id}.png?save=true`;
  save.download = picture.file;
  return [save, ...tools.map(([key, act]) => button(words[key], act))];
}
