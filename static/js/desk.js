/* What goes on by itself while an officer works. Without this the pages say the same,
   only older.

   [data-gone-at="2026-11-22T10:00:00+07:00"]  cannot be taken back from then on
   form[data-renew]  asked at most once a minute while somebody works on the page; its
                     <p hidden> is shown when the case is no longer theirs
*/
"use strict";

{
  const EVERY = 60_000;
  let asked = Date.now();

  const start = () => {
    for (const passing of document.querySelectorAll("[data-gone-at]")) {
      const left = new Date(passing.dataset.goneAt) - Date.now();
      setTimeout(() => passing.remove(), Math.max(left, 0));
    }
  };

  const renew = async () => {
    const renewal = document.querySelector("form[data-renew]");
    if (!renewal || Date.now() - asked < EVERY) return;
    asked = Date.now();
    try {
      const answer = await fetch(renewal.action, {
        method: "POST",
        body: new FormData(renewal),
      });
      renewal.querySelector("p").hidden = answer.status !== 409;
    } catch {
      // The line is down: the lease lasts longer than that, or the next try says so.
    }
  };

  for (const work of ["keydown", "pointerdown", "wheel", "input"]) {
    document.addEventListener(work, renew, { passive: true });
  }
  document.addEventListener("shown", start);
  start();
}
