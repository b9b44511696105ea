// The mistranslation game: three jobs of one phrase, shown side by side as they come.
// Text is written as text, never as HTML.

const words = () => window.amumalWords ?? {};
let watched = [];

// What the handler answered: { readings: [{ job, kind, prompt }], alert, seed }.
export function show(ticket) {
  const board = document.getElementById("mistranslate-board");
  if (!board || !ticket) return;
  const alert = board.querySelector(".alert");
  alert.textContent = ticket.alert ?? "";
  alert.hidden = !ticket.alert;
  if (!ticket.readings?.length) return;
  for (const source of watched) source.close();
  const list = board.querySelector(".readings");
  list.replaceChildren(...ticket.readings.map(card));
  watched = ticket.readings.map((reading) => watch(reading, list));
}

function card(reading) {
  const figure = document.createElement("figure");
  figure.id = `reading-${reading.job}`;
  figure.setAttribute("aria-busy", "true");
  const name = element("b", words()[`mistranslate.${reading.kind}`]);
  const hint = element("small", words()[`mistranslate.${reading.kind}.hint`]);
  const frame = element("div", "");
  frame.className = "frame";
  frame.append(element("span", words()["mistranslate.waiting"]));
  const prompt = element("q", reading.prompt);
  prompt.lang = /[\u3131-\u318e\uac00-\ud7a3]/.test(reading.prompt) ? "ko" : "en";
  const caption = document.createElement("figcaption");
  caption.append(name, hint, prompt);
  figure.append(frame, caption);
  return figure;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text ?? "";
  return made;
}

function watch(reading, list) {
  const source = new EventSource(`./jobs/${reading.job}/events?replay=true`);
  const figure = list.querySelector(`#reading-${reading.job}`);
  const frame = figure.querySelector(".frame");
  source.onmessage = (message) => {
    const told = JSON.parse(message.data);
    if (told.preview) picture(frame, told.preview, "");
    else if (!frame.querySelector("img")) frame.firstChild.textContent = told.words ?? "";
    if (told.picture) picture(frame, `./pictures/${told.picture.id}.png`, told.picture.alt);
    if (told.is_final) {
      source.close();
      figure.setAttribute("aria-busy", "false");
      if (!told.picture) say(frame, told.alert || words()["mistranslate.failed"]);
    }
  };
  source.addEventListener("end", () => source.close());
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) say(frame, words()["mistranslate.lost"]);
  };
  return source;
}

function picture(frame, src, alt) {
  const image = frame.querySelector("img") ?? document.createElement("img");
  image.src = src;
  image.alt = alt;
  frame.replaceChildren(image);
}

function say(frame, text) {
  frame.replaceChildren(element("span", text));
}
