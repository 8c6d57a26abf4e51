/* Keeps what is shown of a hall up to date without loading the page anew, and rings on
   the screen when a number is called. An extra only: without a script the page reloads
   itself.

   <div data-live="name"             a part that changes, known by its name
        data-every="10"              every so many seconds
        data-url="…"                 where it comes from; without it, from this page
        data-call="A-012 …">         another one with every call: the screen rings
   <button data-chime hidden>        browsers let a page ring only after a press
*/
"use strict";

let tag = "";
let sound = null;

const parts = (page) => [...page.querySelectorAll("[data-live]")];
const lead = () => parts(document)[0];

/* Two notes, as at a railway station. */
const ring = () => {
  if (!sound) return;
  for (const [place, pitch] of [880, 660].entries()) {
    const note = sound.createOscillator();
    const volume = sound.createGain();
    const begins = sound.currentTime + place * 0.45;
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0.5, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.8);
    note.connect(volume).connect(sound.destination);
    note.start(begins);
    note.stop(begins + 0.8);
  }
};

const look = async () => {
  if (document.hidden) return true;
  const answer = await fetch(lead().dataset.url || location.href, {
    // Our own tag: a 304 is an answer here, and nothing is kept by the browser.
    cache: "no-store",
    headers: tag ? { "If-None-Match": tag } : {},
  });
  if (answer.status === 304) return true;
  // The link of the screen was renewed, or the session has ended: say so.
  if (answer.redirected || [403, 404].includes(answer.status)) {
    location.reload();
    return false;
  }
  // A server that is being restarted will be back.
  if (!answer.ok) return true;
  tag = answer.headers.get("ETag") || "";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts(document)) {
    const fresh = parts(page).find((one) => one.dataset.live === part.dataset.live);
    if (fresh) renew(part, fresh);
  }
  return Boolean(lead().dataset.every);
};

const renew = (old, fresh) => {
  if (fresh.dataset.call && fresh.dataset.call !== old.dataset.call) ring();
  // Said aloud only when something is new.
  if (fresh.innerHTML.trim() !== old.innerHTML.trim()) {
    old.replaceChildren(...fresh.childNodes);
  }
  for (const name of ["call", "every"]) {
    if (name in fresh.dataset) old.dataset[name] = fresh.dataset[name];
    else delete old.dataset[name];
  }
};

const again = () =>
  setTimeout(async () => {
    if (await look().catch(() => true)) again();
  }, lead().dataset.every * 1000);

const button = document.querySelector("[data-chime]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    sound = new AudioContext();
    ring();
    button.hidden = true;
  });
}

if (lead()?.dataset.every) again();
