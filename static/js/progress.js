/* Keeps a waiting page up to date without reloading it: fetches the page anew, puts its
   part [data-progress] in the place of the old one, and opens the page when there is no
   such part any more. An extra only: without a script the page reloads itself. */
"use strict";

const EVERY = 2000;

const look = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return true;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-progress]");
  const shown = document.querySelector("[data-progress]");
  if (!now) {
    location.reload();
    return false;
  }
  // Said aloud only when something is new.
  if (now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes);
  return true;
};

const again = () =>
  setTimeout(async () => {
    if (await look().catch(() => true)) again();
  }, EVERY);

again();
