// Files: chosen or dropped on a field, sent as they are, their token handed to Gradio.
// One listener for all fields of the page; a field is made by kit/upload_field.py.

import { fill, find, part, within, words } from "./browser.js";
import { textBox, write } from "./gradio.js";

let begun = false;
/** @type {WeakMap<HTMLElement, XMLHttpRequest>} what is being sent from which field */
const requests = new WeakMap();

export function begin() {
  if (begun) return;
  begun = true;
  document.addEventListener("change", (event) => {
    const field = within(event, ".drop-field");
    const input = event.target;
    if (!field || !(input instanceof HTMLInputElement) || input.type !== "file") return;
    takeChosen(field, input);
  });
  document.addEventListener("click", (event) => {
    const field = within(event, ".drop-field");
    if (field && within(event, ".drop-field .remove")) remove(field);
  });
  document.addEventListener("dragover", onDrag);
  document.addEventListener("dragleave", onDrag);
  document.addEventListener("drop", onDrag);
  // somebody may have chosen a file before this script was there
  for (const field of document.querySelectorAll(".drop-field")) {
    const input = field.querySelector("input");
    if (field instanceof HTMLElement && input?.files?.length) takeChosen(field, input);
  }
}

/**
 * @param {HTMLElement} field
 * @param {HTMLInputElement} input
 */
function takeChosen(field, input) {
  take(field, input.files ?? []);
  input.value = ""; // the same file may be chosen again
}

/** @param {DragEvent} event */
function onDrag(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault(); // beside a field the browser would leave the page for the file
  const field = within(event, ".drop-field");
  if (!field) {
    if (event.type === "dragover") event.dataTransfer.dropEffect = "none";
    return;
  }
  field.classList.toggle("over", event.type === "dragover");
  if (event.type === "drop") take(field, event.dataTransfer.files);
}

/**
 * @param {HTMLElement} field
 * @param {ArrayLike<File>} files
 */
function take(field, files) {
  if (files.length === 0) return;
  if (files.length > 1) return void wrong(field, words()["drop.one"]);
  const file = files[0];
  const limit = Number(field.dataset.limit);
  if (file.size > limit) {
    const sizes = { name: file.name, size: size(file.size), limit: size(limit) };
    return void wrong(field, fill(words()["drop.too_large"], sizes));
  }
  send(field, file);
}

/**
 * XMLHttpRequest, because fetch does not tell how much has been sent.
 * @param {HTMLElement} field
 * @param {File} file
 */
function send(field, file) {
  const request = new XMLHttpRequest();
  requests.get(field)?.abort();
  requests.set(field, request);
  request.open("POST", "./drops");
  // an older browser has no toWellFormed
  const name = file.name.toWellFormed?.() ?? file.name;
  request.setRequestHeader("X-File-Name", encodeURIComponent(name));
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.responseType = "json";
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) onProgress(field, file.name, event.loaded / event.total);
  };
  request.onload = () => onAnswer(field, request, file.name);
  request.onerror = () => wrong(field, fill(words()["drop.lost"], { name: file.name }));
  onProgress(field, file.name, 0);
  request.send(file);
}

/**
 * @param {HTMLElement} field
 * @param {string} name
 * @param {number} share
 */
function onProgress(field, name, share) {
  const bar = find(field, "progress", HTMLProgressElement);
  const percent = Math.floor(share * 100);
  bar.hidden = false;
  bar.value = percent;
  bar.setAttribute("aria-label", words()["drop.progress"]);
  wrong(field, "");
  // a screen reader is told every quarter, not every packet
  if (percent % 25 === 0) now(field, fill(words()["drop.sending"], { name, percent }));
}

/**
 * @param {HTMLElement} field
 * @param {XMLHttpRequest} request
 * @param {string} name
 */
function onAnswer(field, request, name) {
  part(field, "progress").hidden = true;
  /** @type {DropAnswer | null} */
  const answer = request.response;
  if (request.status !== 200 || !answer?.token) {
    return void wrong(field, answer?.alert ?? fill(words()["drop.lost"], { name }));
  }
  forget(tokenBox(field)?.value); // an earlier file stays until a new one has come
  now(field, fill(words()["drop.ready"], { name: answer.name, size: size(answer.size) }));
  const button = part(field, ".remove");
  button.textContent = fill(words()["drop.remove"], { name: answer.name });
  button.hidden = false;
  setToken(field, answer.token);
}

/** @param {HTMLElement} field */
function remove(field) {
  requests.get(field)?.abort();
  part(field, "progress").hidden = true;
  part(field, ".remove").hidden = true;
  wrong(field, "");
  forget(tokenBox(field)?.value);
  setToken(field, "");
  now(field, words()["drop.taken_out"]);
  part(field, "input").focus();
}

/** @param {string | undefined} token */
function forget(token) {
  // should this fail, the file goes by itself in an hour
  if (token) fetch(`./drops/${token}`, { method: "DELETE" }).catch(() => {});
}

/** @param {HTMLElement} field */
function tokenBox(field) {
  return textBox(field.dataset.for ?? "");
}

/**
 * @param {HTMLElement} field
 * @param {string} token
 */
function setToken(field, token) {
  const box = tokenBox(field);
  if (box) write(box, token);
}

/**
 * @param {HTMLElement} field
 * @param {string} text
 */
function now(field, text) {
  part(field, ".now").textContent = text;
}

/**
 * @param {HTMLElement} field
 * @param {string} text
 */
function wrong(field, text) {
  part(field, ".wrong").textContent = text;
  if (text) {
    part(field, "progress").hidden = true;
    now(field, "");
  }
}

/** @param {number} bytes */
function size(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
