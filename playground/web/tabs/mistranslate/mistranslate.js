// The mistranslation game: three jobs of one phrase, shown side by side as they come.
// Text is written as text, never as HTML.

import { element, find, part, words } from "./browser.js";
import { watch } from "./job_events.js";

/** @type {(() => void)[]} what stops watching each of the jobs */
let watched = [];

/** @param {MistranslateTicket | null} ticket what the handler answered */
export function show(ticket) {
  const board = document.getElementById("mistranslate-board");
  if (!board || !ticket) return;
  const alert = part(board, ".alert");
  alert.textContent = ticket.alert ?? "";
  alert.hidden = !ticket.alert;
  if (!ticket.readings?.length) return;
  for (const stop of watched) stop();
  const figures = ticket.readings.map(card);
  part(board, ".readings").replaceChildren(...figures);
  watched = ticket.readings.map((reading, index) => follow(reading, figures[index]));
}

/** @param {Reading} reading */
function card(reading) {
  const figure = element("figure");
  figure.id = `reading-${reading.job}`;
  figure.setAttribute("aria-busy", "true");
  const name = element("b", "", words()[`mistranslate.${reading.kind}`]);
  const hint = element("small", "", words()[`mistranslate.${reading.kind}.hint`]);
  const frame = element("div", "frame");
  frame.append(element("span", "", words()["mistranslate.waiting"]));
  const prompt = element("q", "", reading.prompt);
  prompt.lang = /[\u3131-\u318e\uac00-\ud7a3]/.test(reading.prompt) ? "ko" : "en";
  const caption = element("figcaption");
  caption.append(name, hint, prompt);
  figure.append(frame, caption);
  return figure;
}

/**
 * @param {Reading} reading
 * @param {HTMLElement} figure
 */
function follow(reading, figure) {
  const frame = part(figure, ".frame");
  const stop = watch(reading.job, {
    replay: true,
    frame(shown) {
      if (shown.preview) picture(frame, shown.preview, "");
      else if (!frame.querySelector("img")) say(frame, shown.words);
      if (shown.picture) picture(frame, `./pictures/${shown.picture.id}.png`, shown.picture.alt);
      if (!shown.is_final) return;
      stop();
      figure.setAttribute("aria-busy", "false");
      if (!shown.picture) say(frame, shown.alert || words()["mistranslate.failed"]);
    },
    lost(isOver) {
      if (isOver) say(frame, words()["mistranslate.lost"]);
    },
  });
  return stop;
}

/**
 * @param {HTMLElement} frame
 * @param {string} src
 * @param {string} alt
 */
function picture(frame, src, alt) {
  const image = frame.querySelector("img") ? find(frame, "img", HTMLImageElement) : element("img");
  image.src = src;
  image.alt = alt;
  frame.replaceChildren(image);
}

/**
 * @param {HTMLElement} frame
 * @param {string} text
 */
function say(frame, text) {
  frame.replaceChildren(element("span", "", text));
}
