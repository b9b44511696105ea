// Files: chosen or dropped on a field, sent as they are, their token handed to Gradio.
// One listener for all fields of the page; a field is made by drop_field.py.

let begun = false;

export function begin() {
  if (begun) return;
  begun = true;
  document.addEventListener("change", (event) => {
    const field = fieldOf(event.target);
    if (!field || event.target.type !== "file") return;
    take(field, event.target.files);
    event.target.value = ""; // the same file may be chosen again
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".drop-field .remove");
    if (button) remove(button.closest(".drop-field"));
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => onDrag(name, event));
  }
}

function words() {
  return window.amumalWords;
}

function fieldOf(target) {
  return target.closest?.(".drop-field") ?? null;
}

function onDrag(name, event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault(); // beside a field the browser would leave the page for the file
  const field = fieldOf(event.target);
  if (!field) {
    if (name === "dragover") event.dataTransfer.dropEffect = "none";
    return;
  }
  field.classList.toggle("over", name === "dragover");
  if (name === "drop") take(field, event.dataTransfer.files);
}

function take(field, files) {
  if (files.length === 0) return;
  if (files.length > 1) return void wrong(field, words()["drop.one"]);
  const file = files[0];
  const limit = Number(field.dataset.limit);
  if (file.size > limit) {
    const sizes = { name: file.name, size: size(file.size), limit: size(limit) };
    return void wrong(field, fill("drop.too_large", sizes));
  }
  send(field, file);
}

// XMLHttpRequest, because fetch does not tell how much has been sent
function send(field, file) {
  const request = new XMLHttpRequest();
  field.request?.abort();
  field.request = request;
  request.open("POST", "./drops");
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name.toWellFormed?.() ?? file.name));
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.responseType = "json";
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) onProgress(field, file.name, event.loaded / event.total);
  };
  request.onload = () => onAnswer(field, request, file.name);
  request.onerror = () => wrong(field, fill("drop.lost", { name: file.name }));
  onProgress(field, file.name, 0);
  request.send(file);
}

function onProgress(field, name, share) {
  const bar = field.querySelector("progress");
  const percent = Math.floor(share * 100);
  bar.hidden = false;
  bar.value = percent;
  bar.setAttribute("aria-label", words()["drop.progress"]);
  wrong(field, "");
  // a screen reader is told every quarter, not every packet
  if (percent % 25 === 0) now(field, fill("drop.sending", { name, percent }));
}

function onAnswer(field, request, name) {
  field.querySelector("progress").hidden = true;
  const answer = request.response;
  if (request.status !== 200 || !answer?.token) {
    return void wrong(field, answer?.alert ?? fill("drop.lost", { name }));
  }
  forget(tokenBox(field)?.value); // an earlier file stays until a new one has come
  now(field, fill("drop.ready", { name: answer.name, size: size(answer.size) }));
  const button = field.querySelector(".remove");
  button.textContent = fill("drop.remove", { name: answer.name });
  button.hidden = false;
  setToken(field, answer.token);
}

function remove(field) {
  field.request?.abort();
  field.querySelector("progress").hidden = true;
  field.querySelector(".remove").hidden = true;
  wrong(field, "");
  forget(tokenBox(field)?.value);
  setToken(field, "");
  now(field, words()["drop.taken_out"]);
  field.querySelector("input").focus();
}

function forget(token) {
  // should this fail, the file goes by itself in an hour
  if (token) fetch(`./drops/${token}`, { method: "DELETE" }).catch(() => {});
}

function tokenBox(field) {
  return document.querySelector(`#${field.dataset.for} :is(textarea, input)`);
}

function setToken(field, token) {
  const box = tokenBox(field);
  if (!box) return;
  box.value = token;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function now(field, text) {
  field.querySelector(".now").textContent = text;
}

function wrong(field, text) {
  field.querySelector(".wrong").textContent = text;
  if (text) {
    field.querySelector("progress").hidden = true;
    now(field, "");
  }
}

function fill(key, values) {
  return words()[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
