/* A case by keyboard. Keys are off while somebody types, with Ctrl, Alt or Meta, and
   when they were switched off in the help (remembered on this computer).

   [data-item]                what J and K go to
   .often select, ol > li     what is often asked for; 1–9 picks, the sentence goes into
                              the reason, where it can be changed
   [data-key="a"]             what a key presses; data-first: the box to be ticked before
   dialog[data-keys-help]     the help; its checkbox switches the keys on and off
*/
"use strict";

const SWITCH = "ak1-keys-off";
const items = [...document.querySelectorAll("[data-item]")];
const help = document.querySelector("dialog[data-keys-help]");
const onOff = help?.querySelector("input[type=checkbox]");
const VIEWS = { "+": "larger", "=": "larger", "-": "smaller", 0: "fit", o: "turn" };

for (const button of document.querySelectorAll("[data-keys-open]")) {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
}

if (onOff) {
  onOff.checked = !stored();
  onOff.addEventListener("change", () => store(!onOff.checked));
}

for (const often of document.querySelectorAll(".often")) {
  const select = often.querySelector("select");
  select.addEventListener("change", () => {
    const reason = often.querySelector(`li[data-token="${select.value}"]`);
    if (reason) pick(often.closest("[data-item]"), reason);
    select.value = "";
  });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (stored() || help?.open || isTyped(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "?") help?.showModal();
  else if (key === "j" || key === "k") go(key === "j" ? 1 : -1);
  else if (key in VIEWS) view(VIEWS[key]);
  else if (key === "[" || key === "]") view(key === "]" ? "next" : "previous");
  else if (/^[1-9]$/.test(key)) pickNumber(Number(key));
  else if (!press(key)) return;
  event.preventDefault();
});

function isTyped(element) {
  const isBox = element.matches?.("input:not([type=checkbox], [type=radio])");
  return isBox || element.matches?.("textarea, select, [contenteditable]");
}

function current() {
  return document.activeElement.closest?.("[data-item]");
}

function go(step) {
  const at = items.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : items.length - 1) : at + step;
  const item = items[Math.min(Math.max(next, 0), items.length - 1)];
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}

function view(act) {
  document.dispatchEvent(new CustomEvent("view", { detail: act }));
}

function pickNumber(number) {
  const item = current();
  const reason = item?.querySelectorAll(".often li")[number - 1];
  if (reason) pick(item, reason);
}

function pick(item, reason) {
  const box = item.querySelector(".mark input");
  const text = item.querySelector(".reason textarea");
  const { sentence } = reason.dataset;
  if (!text.value.includes(sentence)) {
    text.value = [text.value.trim(), sentence].filter(Boolean).join(" ");
  }
  box.checked = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

/* Whether there was something to press. */
function press(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  const first = document.getElementById(target.dataset.first || "");
  if (first && !first.checked) {
    first.checked = true;
    first.focus();
  } else if (target.matches("summary")) {
    target.parentElement.open = true;
    target.parentElement.querySelector("textarea").focus();
  } else {
    target.click();
  }
  return true;
}

/* Where nothing may be stored, the keys are on. */
function stored() {
  try {
    return localStorage.getItem(SWITCH) === "1";
  } catch {
    return false;
  }
}

function store(off) {
  try {
    localStorage.setItem(SWITCH, off ? "1" : "0");
  } catch {
    // Then it is forgotten with the page.
  }
}
