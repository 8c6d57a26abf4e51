/* Shows the example of a form for what is being typed: presses “show” a moment after the
   last key, and puts the part [data-example] of the answer in the place of the old one.
   Nothing is saved. Without it the button does the same.

   <form data-shows> … <div data-example role="status"> … <button name="show" value="1">
*/
"use strict";

for (const form of document.querySelectorAll("form[data-shows]")) {
  const shown = form.querySelector("[data-example]");
  let latest = 0;
  let waiting;

  const show = async () => {
    const mine = (latest += 1);
    const asked = new URLSearchParams(new FormData(form));
    asked.set("show", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: asked });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-example]");
      // Meanwhile more may have been typed. Said aloud only when something is new.
      if (!now || mine !== latest || now.textContent === shown.textContent) return;
      shown.replaceChildren(...now.childNodes);
    } catch {
      // The line is down: the button is still there.
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
}
