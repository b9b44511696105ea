// A seed that stays from picture to picture makes them alike; in a closed group of settings nobody
// sees why. It is said beside the button that draws, and let go there.

import { button, fill, whenThere, within } from "./browser.js";
import { click, textBox } from "./gradio.js";

const BOX = "seed";
const ANY = "-1";

export class FrozenSeed {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    this.chip = button("", () => this.letGo());
    this.chip.className = "chip small frozen-seed";
    this.chip.hidden = true;
  }

  begin() {
    whenThere("#doing", () => {
      document.getElementById("doing")?.after(this.chip);
      this.show(textBox(BOX)?.value);
    });
    document.addEventListener("input", (event) => {
      if (within(event, `#${BOX}`)) this.show(textBox(BOX)?.value);
    });
  }

  /** @param {unknown} seed what stands in the form */
  show(seed) {
    const kept = String(seed ?? "").trim();
    this.chip.hidden = kept === "" || kept === ANY;
    this.chip.textContent = fill(this.words["page.seed.frozen"], { seed: kept.slice(0, 20) });
    this.chip.title = this.words["page.seed.let_go"];
  }

  letGo() {
    click("#seed-again"); // layout.py: the box itself may not be in the page
    this.show(ANY);
    document.getElementById("illustrate")?.focus();
  }
}
