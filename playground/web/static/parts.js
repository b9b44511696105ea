// The shelf of LoRAs and embeddings of the Draw tab: what is pressed stands in the prompt.
// The prompt alone is the truth: everything shown here is read from it and written into it.

import { button, element } from "./stage.js";

const PROMPT = "#draw-prompt textarea";
const NEGATIVE = "#draw-negative-prompt textarea, #draw-negative-prompt input";
const TAG = /\\.|<(?:lora|lyco):([^>]+)>/gs; // as in pipelines/image/prompt/networks.py
const WEIGHTS = { min: -1, max: 2, step: 0.05 };
const SHOWN_WORDS = 6;

export class PartsShelf {
  constructor(words) {
    this.words = words;
    this.parts = [];
    this.cards = [];
  }

  get root() {
    return document.getElementById("draw-parts");
  }

  part(selector) {
    return this.root?.querySelector(selector);
  }

  // The group has been opened: only now is there anything of it in the page.
  begin() {
    this.part(".parts-empty button").onclick = () =>
      document.querySelector("#tab-models-button, [aria-controls=tab-models]")?.click();
    this.part("input").oninput = () => this.sift();
    if (!this.isListening) {
      this.isListening = true;
      document.addEventListener("input", (event) => {
        if (event.target.matches?.(`${PROMPT}, ${NEGATIVE}`)) this.look();
      });
    }
    this.lay();
  }

  fill(parts) {
    // what is there already stays as it is: somebody may be about to press it
    if (JSON.stringify(parts) === JSON.stringify(this.parts)) return;
    this.parts = parts;
    if (this.part("ul")) this.lay();
  }

  lay() {
    this.part(".parts-empty").hidden = this.parts.length > 0;
    this.part(".parts-full").hidden = this.parts.length === 0;
    this.cards = this.parts.map((part) => this.card(part));
    this.part("ul").replaceChildren(...this.cards.map(({ item }) => item));
    this.sift();
    this.look();
  }

  // ---- one part

  card(part) {
    const item = element("li", part.suits ? "" : "other");
    const press = button(part.name, () => this.press(part));
    press.classList.add("name");
    const about = element("small", "", this.about(part));
    const line = element("div", "part-line");
    line.append(press, about);
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

  about(part) {
    const kind = this.words[`parts.${part.kind}`];
    if (!part.family) return kind;
    return `${kind} · ${this.words["parts.for"].replace("{family}", part.family)}`;
  }

  weight(part) {
    const row = element("label", "weight");
    const name = this.words["parts.weight"].replace("{name}", part.name);
    const range = element("input");
    Object.assign(range, { type: "range", ...WEIGHTS });
    range.setAttribute("aria-label", name);
    const number = element("input");
    Object.assign(number, { type: "number", step: WEIGHTS.step });
    number.setAttribute("aria-label", name);
    for (const one of [range, number]) {
      one.oninput = () => one.value !== "" && this.weigh(part, Number(one.value));
    }
    row.append(range, number);
    return { row, range, number };
  }

  triggers(card) {
    const row = element("div", "words");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", `${card.part.name}: ${this.words["parts.words"]}`);
    card.words = card.part.words.map((word, index) => {
      const chip = button(word, () => this.toggle(box(PROMPT), word, finder(word)));
      chip.hidden = index >= SHOWN_WORDS;
      return { word, chip };
    });
    row.append(element("small", "", this.words["parts.words"]));
    row.append(...card.words.map(({ chip }) => chip));
    const more = card.words.length - SHOWN_WORDS;
    if (more > 0) {
      const rest = button(this.words["parts.more_words"].replace("{count}", more), () => {
        for (const { chip } of card.words) chip.hidden = false;
        card.words[SHOWN_WORDS].chip.focus();
        rest.remove();
      });
      row.append(rest);
    }
    return row;
  }

  // ---- what a press does

  press(part, where = PROMPT) {
    const target = box(where);
    if (!target) return;
    const isLora = part.kind === "lora";
    const found = isLora ? tagOf(target.value, part.name) : finder(part.name)(target.value);
    if (!part.suits && !found) {
      const why = this.words["parts.other"];
      return this.say(why.replace("{family}", part.family).replace("{name}", part.name));
    }
    const find = isLora ? (text) => tagOf(text, part.name) : finder(part.name);
    this.toggle(target, isLora ? `<lora:${part.name}:1>` : part.name, find);
    this.say(this.words[found ? "parts.taken" : "parts.put"].replace("{name}", part.name));
  }

  // Put a piece where the cursor was last, or take it out when it is there.
  toggle(target, piece, find) {
    if (!target) return;
    const found = find(target.value);
    if (found) write(target, ...without(target.value, found));
    else write(target, ...withPiece(target.value, target.selectionEnd, piece));
    this.look();
  }

  weigh(part, weight) {
    const target = box(PROMPT);
    const found = target && tagOf(target.value, part.name);
    if (!found || Number.isNaN(weight)) return;
    const tag = weighed(found, weight);
    const text = target.value.slice(0, found.start) + tag + target.value.slice(found.end);
    write(target, text, found.start + tag.length);
    this.look();
  }

  say(line) {
    this.part("[role=status]").textContent = line;
    const shown = this.part(".parts-none");
    shown.textContent = line;
    shown.hidden = false;
  }

  // ---- what is shown

  // Press down what stands in the prompt.
  look() {
    if (!this.part("ul")) return;
    const [text, negative] = [box(PROMPT)?.value ?? "", box(NEGATIVE)?.value ?? ""];
    for (const { part, press, weight, negative: other, words } of this.cards) {
      const found = part.kind === "lora" ? tagOf(text, part.name) : finder(part.name)(text);
      press.setAttribute("aria-pressed", String(Boolean(found)));
      other?.setAttribute("aria-pressed", String(Boolean(finder(part.name)(negative))));
      if (weight) {
        weight.row.hidden = !found;
        if (found) showWeight(weight, weightOf(found.args));
      }
      for (const { word, chip } of words) {
        chip.setAttribute("aria-pressed", String(Boolean(finder(word)(text))));
      }
    }
    this.warn(text);
  }

  // A tag that was typed by hand may name what is not here.
  warn(text) {
    const names = this.parts.filter((part) => part.kind === "lora").map((part) => part.name);
    const lost = tags(text).find(({ args }) => !names.includes(args[0].trim()));
    const line = this.part(".parts-wrong");
    line.hidden = !lost || names.length === 0;
    if (line.hidden) return;
    const name = lost.args[0].trim();
    const near = nearest(name, names);
    const also = near ? this.words["parts.nearest"].replace("{name}", near) : "";
    const sentence = this.words["parts.unknown"].replace("{name}", name).replace("{nearest}", also);
    if (line.textContent !== sentence) line.textContent = sentence;
  }

  sift() {
    const wanted = this.part("input[type=search]").value.trim().toLowerCase();
    let count = 0;
    for (const { part, item } of this.cards) {
      const text = [part.name, ...part.words].join("\n").toLowerCase();
      item.hidden = !text.includes(wanted);
      count += item.hidden ? 0 : 1;
    }
    const none = this.part(".parts-none");
    none.hidden = count > 0 || !wanted;
    none.textContent = this.words["parts.none_found"];
  }
}

// ---- the text of a prompt

function box(selector) {
  return document.querySelector(selector);
}

function write(target, text, caret) {
  target.value = text;
  target.setSelectionRange(caret, caret);
  target.dispatchEvent(new Event("input", { bubbles: true })); // Gradio listens
}

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

function tagOf(text, name) {
  return tags(text).find(({ args }) => args[0].trim() === name) ?? null;
}

// A word that stands by itself: "ink" is not in "pink".
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

export function withPiece(text, at, piece) {
  const inside = tags(text).find(({ start, end }) => start < at && at < end);
  const caret = inside ? inside.end : Math.min(at ?? text.length, text.length);
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  const isTag = piece.startsWith("<");
  const comma = isTag ? " " : ", ";
  const opens = !before.trim() || /\n$/.test(before);
  const first = opens || /[\s(]$/.test(before) ? "" : /,$/.test(before) ? " " : comma;
  const last = !after.trim() || /^[\s,):]/.test(after) ? "" : comma;
  const put = first + piece + last;
  return [before + put + after, caret + put.length];
}

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

// The weight is the first argument after the name that has no name of its own.
function weightOf([, ...rest]) {
  const written = rest.find((arg) => !arg.includes("="));
  return written === undefined ? 1 : Number(written);
}

export function weighed({ kind, args: [name, ...rest] }, weight) {
  const shown = String(Number(weight.toFixed(2)));
  const place = rest.findIndex((arg) => !arg.includes("="));
  if (place < 0) rest.unshift(shown);
  else rest[place] = shown;
  return `<${kind}:${[name, ...rest].join(":")}>`;
}

function showWeight({ range, number }, weight) {
  for (const one of [range, number]) {
    if (document.activeElement === one && Number(one.value) === weight) continue;
    one.value = Number.isNaN(weight) ? "" : String(weight);
  }
}

// The name that shares most pairs of letters.
function nearest(name, names) {
  const pairs = (text) =>
    new Set([...text.toLowerCase()].slice(1).map((letter, index) => text.toLowerCase()[index] + letter));
  const wanted = pairs(name);
  const score = (other) => {
    const had = pairs(other);
    const shared = [...wanted].filter((pair) => had.has(pair)).length;
    return (2 * shared) / (wanted.size + had.size || 1);
  };
  const best = names.reduce((found, other) => (score(other) > score(found) ? other : found), names[0]);
  return best && score(best) > 0 ? best : "";
}
