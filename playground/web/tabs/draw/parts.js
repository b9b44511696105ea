// The shelf of LoRAs and embeddings of the Draw tab: what is pressed stands in the prompt.
// The prompt alone is the truth: everything shown here is read from it and written into it.

import { button, element, fill, find, within } from "./browser.js";
import { openTab, textBox, write } from "./gradio.js";
import {
  finder,
  nameOf,
  namePattern,
  tagOf,
  tags,
  weighed,
  weightOf,
  withPiece,
  without,
  writeName,
  writeTag,
} from "./prompt_text.js";

const PROMPT = "draw-prompt"; // ids of Gradio's text boxes
const NEGATIVE = "draw-negative-prompt";
const WEIGHTS = { min: -1, max: 2, step: 0.05 };
const SHOWN_WORDS = 6;

export class PartsShelf {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** @type {ShelfPart[]} */
    this.parts = [];
    /** @type {ShelfCard[]} */
    this.cards = [];
    this.isListening = false;
  }

  get isThere() {
    return document.querySelector("#draw-parts ul") !== null;
  }

  /** @param {string} selector */
  inside(selector) {
    return find(document, `#draw-parts ${selector}`, HTMLElement);
  }

  get search() {
    return find(document, "#draw-parts input[type=search]", HTMLInputElement);
  }

  // The group has been opened: only now is there anything of it in the page.
  begin() {
    this.inside(".parts-empty button").onclick = () => openTab("models");
    this.search.oninput = () => this.sift();
    if (!this.isListening) {
      this.isListening = true;
      document.addEventListener("input", (event) => {
        if (within(event, `#${PROMPT}, #${NEGATIVE}`)) this.look();
      });
    }
    this.lay();
  }

  /** @param {ShelfPart[]} parts */
  fill(parts) {
    // what is there already stays as it is: somebody may be about to press it
    if (JSON.stringify(parts) === JSON.stringify(this.parts)) return;
    this.parts = parts;
    if (this.isThere) this.lay();
  }

  lay() {
    this.inside(".parts-empty").hidden = this.parts.length > 0;
    this.inside(".parts-full").hidden = this.parts.length === 0;
    this.cards = this.parts.map((part) => this.card(part));
    this.inside("ul").replaceChildren(...this.cards.map(({ item }) => item));
    this.sift();
    this.look();
  }

  // ---- one part

  /**
   * @param {ShelfPart} part
   * @returns {ShelfCard}
   */
  card(part) {
    const item = element("li", part.suits ? "" : "other");
    const press = button(part.name, () => this.press(part));
    press.classList.add("name");
    const about = element("small", "", this.about(part));
    const line = element("div", "part-line");
    line.append(press, about);
    /** @type {ShelfCard} */
    const card = { part, item, press, words: [] };
    if (part.kind === "embedding") {
      card.negative = button(this.words["parts.negative"], () => this.press(part, NEGATIVE));
      card.negative.setAttribute("aria-label", `${part.name}: ${this.words["parts.negative"]}`);
      line.append(card.negative);
    } else card.weight = this.weight(part);
    item.append(line);
    if (card.weight) item.append(card.weight.row);
    if (part.words.length) item.append(this.triggers(card));
    if (!part.suits) {
      press.setAttribute("aria-disabled", "true");
      card.negative?.setAttribute("aria-disabled", "true");
    }
    return card;
  }

  /** @param {ShelfPart} part */
  about(part) {
    const kind = this.words[`parts.${part.kind}`];
    if (!part.family) return kind;
    return `${kind} · ${fill(this.words["parts.for"], { family: part.family })}`;
  }

  /**
   * @param {ShelfPart} part
   * @returns {WeightRow}
   */
  weight(part) {
    const row = element("label", "weight");
    const name = fill(this.words["parts.weight"], { name: part.name });
    const range = element("input");
    Object.assign(range, { type: "range", ...WEIGHTS });
    range.setAttribute("aria-label", name);
    const number = element("input");
    Object.assign(number, { type: "number", step: WEIGHTS.step });
    number.setAttribute("aria-label", name);
    for (const one of [range, number]) {
      one.oninput = () => {
        if (one.value !== "") this.weigh(part, Number(one.value));
      };
    }
    row.append(range, number);
    return { row, range, number };
  }

  /** @param {ShelfCard} card */
  triggers(card) {
    const row = element("div", "words");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", `${card.part.name}: ${this.words["parts.words"]}`);
    card.words = card.part.words.map((word, index) => {
      const chip = button(word, () => this.toggle(textBox(PROMPT), word, finder(word)));
      chip.hidden = index >= SHOWN_WORDS;
      return { word, chip };
    });
    row.append(element("small", "", this.words["parts.words"]));
    row.append(...card.words.map(({ chip }) => chip));
    const more = card.words.length - SHOWN_WORDS;
    if (more > 0) {
      const rest = button(fill(this.words["parts.more_words"], { count: more }), () => {
        for (const { chip } of card.words) chip.hidden = false;
        card.words[SHOWN_WORDS].chip.focus();
        rest.remove();
      });
      row.append(rest);
    }
    return row;
  }

  // ---- what a press does

  /**
   * @param {ShelfPart} part
   * @param {string} where the box it goes into
   */
  press(part, where = PROMPT) {
    const target = textBox(where);
    if (!target) return;
    const { name, family } = part;
    const found = finderOf(part)(target.value);
    if (!part.suits && !found) return this.say(fill(this.words["parts.other"], { family, name }));
    this.toggle(target, part.kind === "lora" ? writeTag(name) : writeName(name), finderOf(part));
    this.say(fill(this.words[found ? "parts.taken" : "parts.put"], { name }));
  }

  /**
   * Put a piece where the cursor was last, or take it out when it is there.
   * @param {TextBox | null} target
   * @param {string} piece
   * @param {(text: string) => Span | null} find
   */
  toggle(target, piece, find) {
    if (!target) return;
    const found = find(target.value);
    if (found) write(target, ...without(target.value, found));
    else write(target, ...withPiece(target.value, target.selectionEnd, piece));
    this.look();
  }

  /**
   * @param {ShelfPart} part
   * @param {number} weight
   */
  weigh(part, weight) {
    const target = textBox(PROMPT);
    const found = target && tagOf(target.value, part.name);
    if (!found || Number.isNaN(weight)) return;
    const tag = weighed(found, weight);
    const text = target.value.slice(0, found.start) + tag + target.value.slice(found.end);
    write(target, text, found.start + tag.length);
    this.look();
  }

  /** @param {string} line */
  say(line) {
    this.inside("[role=status]").textContent = line;
    const shown = this.inside(".parts-none");
    shown.textContent = line;
    shown.hidden = false;
  }

  // ---- what is shown

  // Press down what stands in the prompt.
  look() {
    if (!this.isThere) return;
    const text = textBox(PROMPT)?.value ?? "";
    const negative = textBox(NEGATIVE)?.value ?? "";
    for (const { part, press, weight, negative: other, words } of this.cards) {
      press.setAttribute("aria-pressed", String(Boolean(finderOf(part)(text))));
      other?.setAttribute("aria-pressed", String(Boolean(finderOf(part)(negative))));
      if (weight) {
        const tag = tagOf(text, part.name);
        weight.row.hidden = !tag;
        if (tag) showWeight(weight, weightOf(tag.args));
      }
      for (const { word, chip } of words) {
        chip.setAttribute("aria-pressed", String(Boolean(finder(word)(text))));
      }
    }
    this.warn(text);
  }

  /**
   * A tag that was typed by hand may name what is not here.
   * @param {string} text
   */
  warn(text) {
    const names = this.parts.filter((part) => part.kind === "lora").map((part) => part.name);
    const lost = tags(text).find(({ args }) => !names.includes(nameOf(args)));
    const line = this.inside(".parts-wrong");
    line.hidden = !lost || names.length === 0;
    if (!lost || names.length === 0) return;
    const name = nameOf(lost.args);
    const near = nearest(name, names);
    const also = near ? fill(this.words["parts.nearest"], { name: near }) : "";
    const sentence = fill(this.words["parts.unknown"], { name, nearest: also });
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  sift() {
    const wanted = this.search.value.trim().toLowerCase();
    let count = 0;
    for (const { part, item } of this.cards) {
      const text = [part.name, ...part.words].join("\n").toLowerCase();
      item.hidden = !text.includes(wanted);
      count += item.hidden ? 0 : 1;
    }
    const none = this.inside(".parts-none");
    none.hidden = count > 0 || !wanted;
    none.textContent = this.words["parts.none_found"];
  }
}

// ---- names

/**
 * What finds a part in a prompt: a LoRA by its tag, an embedding by its word.
 * @param {ShelfPart} part
 * @returns {(text: string) => Span | null}
 */
function finderOf({ kind, name }) {
  return kind === "lora" ? (text) => tagOf(text, name) : finder(name, namePattern(name));
}

/**
 * @param {WeightRow} row
 * @param {number} weight
 */
function showWeight({ range, number }, weight) {
  for (const one of [range, number]) {
    if (document.activeElement === one && Number(one.value) === weight) continue;
    one.value = Number.isNaN(weight) ? "" : String(weight);
  }
}

/**
 * The name that shares most pairs of letters.
 * @param {string} name
 * @param {string[]} names
 */
function nearest(name, names) {
  /** @type {(text: string) => Set<string>} */
  const pairs = (text) => {
    const low = text.toLowerCase();
    return new Set([...low].slice(1).map((letter, index) => low[index] + letter));
  };
  const wanted = pairs(name);
  /** @type {(other: string) => number} */
  const score = (other) => {
    const had = pairs(other);
    const shared = [...wanted].filter((pair) => had.has(pair)).length;
    return (2 * shared) / (wanted.size + had.size || 1);
  };
  const [best] = [...names].sort((one, other) => score(other) - score(one));
  return best && score(best) > 0 ? best : "";
}
