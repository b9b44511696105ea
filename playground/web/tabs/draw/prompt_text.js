// The text of a prompt: where a file is named in it, and how any name of a file is written.
// The same rules as in pipelines/image/prompt: networks.py for tags, escape.py for names.

const TAG = /\\.|<(?:lora|lyco):((?:[^\\>]|\\.)+)>/gs;
const PARTS = /(?<=(?<!\\)(?:\\\\)*):/; // a colon behind a backslash parts nothing
const EDGES = /^\s+|(?<!\\)\s+$/g;
const ESCAPED = /\\([^\p{L}\p{N}\n])/gu;
const TAG_SYNTAX = /[\\<>:=#{}|$%]|_(?=_)|^\s|\s$/g;
const SYNTAX = /[\\()[\]{}|#<]|_(?=_)|(?<=\bBRE)(?=AK(?:\b|__))|(?<=\bA)(?=ND(?:\b|__))/g;
const LOTS = /[$%]|^[@!~]/g; // what means something in {2$$a|b}, %{...} and {@a|b}
const COLON = /:(?=([\s\d.+-]?))/g;

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
      args: match[1].split(PARTS),
    }));
}

/**
 * @param {string} text
 * @param {string} name
 */
export function tagOf(text, name) {
  return tags(text).find(({ args }) => nameOf(args) === name) ?? null;
}

/**
 * The name in a tag's arguments, as the file is called.
 * @param {string[]} args
 */
export function nameOf([name]) {
  return name.replace(EDGES, "").replace(ESCAPED, "$1");
}

/**
 * The tag that names a file, whatever its name is.
 * @param {string} name
 */
export function writeTag(name) {
  return `<lora:${name.replace(TAG_SYNTAX, "\\$&")}:1>`;
}

/**
 * How the name of an embedding's file is written, wherever it stands.
 * @param {string} name
 */
export function writeName(name) {
  return name
    .trim()
    .replace(SYNTAX, "\\$&")
    .replace(LOTS, "\\$&")
    .replace(COLON, (_, number) => (number ? "\\:\\" : "\\:"));
}

/**
 * What finds a name as it is or as it is written here.
 * @param {string} name
 */
export function namePattern(name) {
  return `(?:${plain(writeName(name))}|${plain(name.trim())})`;
}

/** @param {string} word */
function plain(word) {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * A word that stands by itself: "ink" is not in "pink".
 * @param {string} word
 * @param {string} written a pattern of how it may be written
 * @returns {(text: string) => Span | null}
 */
export function finder(word, written = plain(word)) {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])${written}(?![\\p{L}\\p{N}_-])`, "iu");
  return (text) => {
    // what stands inside a tag is the name of a file
    const bare = text.replace(TAG, (tag, args) => (args ? "<".repeat(tag.length) : tag));
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
export function weightOf([, ...rest]) {
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
