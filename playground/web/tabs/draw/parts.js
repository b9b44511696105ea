// The shelf of LoRAs and embeddings of the Draw tab: what is pressed stands in the prompt.
// The prompt alone is the truth: everything shown here is read from it and written into it.

import { button, element, fill, find, within } from "./browser.js";
import { openTab, textBox, write } from "./gradio.js";

const PROMPT = "draw-prompt"; // ids of Gradio's text boxes
const NEGATIVE = "draw-negative-prompt";
const TAG = /\\.|<(?:lora|lyco):([^>]+)>/gs; // as in pipelines/image/prompt/networks.py
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
    this.toggle(target, part.kind === "lora" ? `<lora:${name}:1>` : name, finderOf(part));
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
      other?.setAttribute("aria-pressed", String(Boolean(finder(part.name)(negative))));
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
    const lost = tags(text).find(({ args }) => !names.includes(args[0].trim()));
    const line = this.inside(".parts-wrong");
    line.hidden = !lost || names.length === 0;
    if (!lost || names.length === 0) return;
    const name = lost.args[0].trim();
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

// ---- the text of a prompt

/**
 * @param {string} text
 * @returns {NetworkTag[]}
 */
export function tags(text) {
  return [...text.matchAll(TAG)]
    .filter((match) => match[1])
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      kind: match[0].slice(1, 5), // two names of one kind
      args: match[1].split(":"),
    }));
}

/**
 * @param {string} text
 * @param {string} name
 */
function tagOf(text, name) {
  return tags(text).find(({ args }) => args[0].trim() === name) ?? null;
}

/**
 * What finds a part in a prompt: a LoRA by its tag, an embedding by its word.
 * @param {ShelfPart} part
 * @returns {(text: string) => Span | null}
 */
function finderOf({ kind, name }) {
  return kind === "lora" ? (text) => tagOf(text, name) : finder(name);
}

/**
 * A word that stands by itself: "ink" is not in "pink".
 * @param {string} word
 * @returns {(text: string) => Span | null}
 */
function finder(word) {
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])${plain}(?![\\p{L}\\p{N}_-])`, "iu");
  return (text) => {
    // what stands inside a tag is the name of a file
    const bare = text.replace(TAG, (tag) => "<".repeat(tag.length));
    const match = pattern.exec(bare);
    return match && { start: match.index, end: match.index + match[0].length };
  };
}

/**
 * The text with the piece in it, and where the cursor is then.
 * @param {string} text
 * @param {number | null} at
 * @param {string} piece
 * @returns {[text: string, caret: number]}
 */
export function withPiece(text, at, piece) {
  const place = at ?? text.length;
  const inside = tags(text).find(({ start, end }) => start < place && place < end);
  const caret = inside ? inside.end : Math.min(place, text.length);
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  const isTag = piece.startsWith("<");
  const comma = isTag ? " " : ", ";
  const opens = !before.trim() || /\n$/.test(before);
  const first = opens || /[\s(]$/.test(before) ? "" : /,$/.test(before) ? " " : comma;
  const last = !after.trim() || /^[\s,):]/.test(after) ? "" : comma;
  const put = first + piece + last;
  return [before + put + after, caret + put.length];
}

/**
 * The text without what stands there, and where the cursor is then.
 * @param {string} text
 * @param {Span} span
 * @returns {[text: string, caret: number]}
 */
export function without(text, { start, end }) {
  let [before, after] = [text.slice(0, start), text.slice(end)];
  const isLoose = /\s$/.test(before);
  if (/,\s*$/.test(before) && /^\s*,/.test(after)) {
    after = after.replace(/^\s*,[ ]*/, isLoose ? "" : " ");
  } else if (/,\s*$/.test(before) && !after.trim()) before = before.replace(/,\s*$/, "");
  else if (!before.trim()) after = after.replace(/^\s*,?\s*/, "");
  else if (/\s$/.test(before) && /^(\s|,|$)/.test(after)) before = before.replace(/\s$/, "");
  return [before + after, before.length];
}

/**
 * The weight is the first argument after the name that has no name of its own.
 * @param {string[]} args
 */
function weightOf([, ...rest]) {
  const written = rest.find((arg) => !arg.includes("="));
  return written === undefined ? 1 : Number(written);
}

/**
 * The tag with another weight; what else it says stays.
 * @param {NetworkTag} tag
 * @param {number} weight
 */
export function weighed({ kind, args: [name, ...rest] }, weight) {
  const shown = String(Number(weight.toFixed(2)));
  const place = rest.findIndex((arg) => !arg.includes("="));
  if (place < 0) rest.unshift(shown);
  else rest[place] = shown;
  return `<${kind}:${[name, ...rest].join(":")}>`;
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
