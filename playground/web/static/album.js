// The album: past pictures as a list of thumbnails, one of them large in a dialog.

import { button, element, part } from "./browser.js";
import { textBox } from "./gradio.js";
import { pictureTools } from "./stage.js";

export class Album {
  /**
   * @param {Words} words
   * @param {(picture: PictureCard, to: string) => void} send puts it into the Draw tab
   * @param {import("./deletion.js").Deletion} deletion
   */
  constructor(words, send, deletion) {
    this.words = words;
    this.send = send;
    this.deletion = deletion;
  }

  get root() {
    return part(document, "#gallery");
  }

  /** @param {number | null} before the page of pictures older than this one */
  async load(before = null) {
    /** @type {AlbumPage} */
    let shown;
    try {
      const answer = await fetch(before ? `./pictures?before=${before}` : "./pictures");
      if (!answer.ok) return;
      shown = await answer.json();
    } catch {
      return; // the next picture asks again
    }
    const list = part(this.root, "ul");
    const tiles = shown.pictures.map((picture) => this.tile(picture));
    if (before) list.append(...tiles);
    else list.replaceChildren(...tiles);
    part(this.root, ".empty").hidden = list.children.length > 0;
    const more = shown.before
      ? [button(this.words["album.more"], () => this.load(shown.before))]
      : [];
    // also without a picture: phrases and uploads may be there
    const all = button(this.words["delete.all"], () => this.deletion.everything());
    part(this.root, ".more").replaceChildren(...more, all);
  }

  /**
   * A picture was deleted.
   * @param {number} id
   */
  takeOut(id) {
    const list = part(this.root, "ul");
    list.querySelector(`[data-picture="${id}"]`)?.remove();
    part(this.root, ".empty").hidden = list.children.length > 0;
  }

  /** @param {PictureCard} picture */
  tile(picture) {
    // A link, so that no button is ever named by what a phrase happens to say.
    const open = element("a", "tile");
    open.href = `./pictures/${picture.id}.png`;
    open.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      this.open(picture);
    });
    const image = element("img");
    image.alt = picture.alt;
    image.loading = "lazy";
    image.width = image.height = 160;
    image.src = `./pictures/${picture.id}/thumbnail`;
    const words = element("span", "", picture.phrase);
    words.setAttribute("aria-hidden", "true"); // the picture's alt text has said it
    open.append(image, words);
    const item = element("li");
    item.dataset.picture = String(picture.id);
    item.append(open);
    return item;
  }

  /** @param {PictureCard} picture */
  open(picture) {
    const dialog = element("dialog", "large");
    dialog.setAttribute("aria-label", picture.alt);
    const image = element("img");
    image.alt = picture.alt;
    image.src = `./pictures/${picture.id}.png`;
    image.width = picture.width;
    image.height = picture.height;
    const tools = element("div", "tools");
    tools.append(
      ...pictureTools(this.words, picture, this.tools(picture, () => dialog.close())),
      button(this.words["album.close"], () => dialog.close()),
    );
    dialog.append(
      image,
      element("h3", "", picture.phrase),
      element("p", "prompt", picture.prompt),
      element("p", "facts", picture.facts),
      element("p", "facts", picture.used),
      tools,
    );
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    part(document, ".gradio-container").append(dialog);
    dialog.showModal();
  }

  /**
   * What can be done with a picture in the album.
   * @param {PictureCard} picture
   * @param {() => void} close
   * @returns {PictureTool[]}
   */
  tools(picture, close) {
    /** @type {PictureTool[]} */
    const acts = [
      ["album.reuse", () => this.reuse(picture)],
      ["drawing.polish", () => this.send(picture, "settings")],
      ["drawing.send.source", () => this.send(picture, "source")],
      ["delete.picture", () => this.deletion.picture(picture.id)],
    ];
    return acts.map(([key, act]) => [key, () => (close(), act())]);
  }

  /** @param {PictureCard} picture */
  reuse(picture) {
    // the Play tab does not have the controls that this one was made with
    if (picture.is_detailed) return void this.send(picture, "settings");
    window.amumal.events.reuse?.(picture.id);
    document.getElementById("own-text")?.scrollIntoView({ block: "center" });
    textBox("own-text")?.focus();
  }
}
