/* Changes the language of a page in the middle of a form: the page comes in the other
   language, and everything that was typed goes over into it, files too. Nothing of it is
   stored anywhere. Without this the button loads the page anew.

   <form data-language> button name="language" value="en", input name="next"
*/
"use strict";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-language]") || !answers(document).length) return;
  event.preventDefault();
  const button = event.submitter || form.querySelector("button");
  const asked = new URLSearchParams(new FormData(form));
  asked.set(button.name, button.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: asked });
    const next = new URL(asked.get("next"), location);
    // Signed out meanwhile, or a page that cannot be opened again: what is typed stays.
    if (!answer.ok || new URL(answer.url).pathname !== next.pathname) return;
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.replaceState(null, "", next);
    document.querySelector("form[data-language] button").focus();
  } catch {
    // The line is down: what is typed stays, and the button can be pressed again.
  }
});

/* The boxes of a page that a person fills in. */
function answers(page) {
  return [...page.querySelectorAll("main form :is(input, select, textarea)")].filter(
    (box) => box.name && box.type !== "hidden",
  );
}

function show(page) {
  // Read without scripts they are part of the page; here they would be pressed.
  for (const part of page.querySelectorAll("noscript")) part.remove();
  carryOver(answers(document), answers(page));
  const opened = [...document.querySelectorAll("main details")].map(({ open }) => open);
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  document.querySelectorAll("main details").forEach((part, place) => {
    part.open ||= Boolean(opened[place]);
  });
  // The scripts of this page look for its boxes once, when they start.
  for (const script of document.head.querySelectorAll("script:not([data-stays])")) {
    const again = document.createElement("script");
    again.src = script.src;
    script.replaceWith(again);
  }
  // Those that stay ask again what is there.
  document.dispatchEvent(new Event("shown"));
}

function carryOver(from, to) {
  for (const box of from) {
    const same = to.find(
      (other) =>
        other.name === box.name &&
        (!["checkbox", "radio"].includes(box.type) || other.value === box.value),
    );
    if (!same) continue;
    if (box.type === "file") same.files = box.files;
    else if (["checkbox", "radio"].includes(box.type)) same.checked = box.checked;
    else if (box.type === "select-one") choose(same, box);
    else same.value = box.value;
  }
}

/* A list that was filled in on the way (regions) goes over with its choices. */
function choose(list, before) {
  const chosen = before.value;
  list.append(...[...before.options].slice(list.length));
  list.value = chosen;
}
