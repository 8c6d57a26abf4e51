/* A case by keyboard. Keys are off while somebody types, with Ctrl, Alt or Meta, and
   when they were switched off in the help (remembered on this computer).

   [data-item]                what J and K go to
   .often select, ol > li     what is often asked for; 1–9 picks, the sentence goes into
                              the reason, where it can be changed
   [data-key="a"]             what a key presses; data-first: the box that is ticked and
                              gone to before, so that no single key decides;
                              data-unless: the key instead, while nothing is marked
   dialog[data-keys-help]     the help; its checkbox switches the keys on and off
*/
"use strict";

{
  const SWITCH = "ak1-keys-off";
  const VIEWS = {
    "+": "larger",
    "=": "larger",
    "-": "smaller",
    0: "fit",
    o: "turn",
    "[": "previous",
    "]": "next",
  };
  const help = () => document.querySelector("dialog[data-keys-help]");
  const items = () => [...document.querySelectorAll("[data-item]")];

  const start = () => {
    for (const button of document.querySelectorAll("[data-keys-open]")) {
      button.hidden = false;
    }
    const onOff = help()?.querySelector("input[type=checkbox]");
    if (onOff) onOff.checked = !isOff();
  };

  /* Where nothing may be stored, the keys are on. */
  const isOff = () => {
    try {
      return localStorage.getItem(SWITCH) === "1";
    } catch {
      return false;
    }
  };

  const isTyped = (element) =>
    element.matches(
      "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])",
    );

  const current = () => document.activeElement.closest("[data-item]");

  const go = (step) => {
    const all = items();
    const at = all.indexOf(current());
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
    const item = all[Math.min(Math.max(next, 0), all.length - 1)];
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  };

  const pick = (item, reason) => {
    if (!reason) return;
    const box = item.querySelector(".mark input");
    const text = item.querySelector(".reason textarea");
    const { sentence } = reason.dataset;
    if (!text.value.includes(sentence)) {
      text.value = [text.value.trim(), sentence].filter(Boolean).join(" ");
    }
    box.checked = true;
  };

  /* Whether there was something to press. */
  const press = (key) => {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) return false;
    const first = document.getElementById(target.dataset.first || "");
    const nothing = target.dataset.unless && !document.querySelector(".mark :checked");
    if (first && document.activeElement !== first) {
      first.checked = true;
      first.focus();
    } else if (nothing && !document.querySelector("[name=note]").value) {
      press(target.dataset.unless);
    } else if (target.matches("summary")) {
      target.parentElement.open = true;
      target.parentElement.querySelector("textarea").focus();
    } else {
      target.click();
    }
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (isOff() || help()?.open || isTyped(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "?") help()?.showModal();
    else if (key === "j" || key === "k") go(key === "j" ? 1 : -1);
    else if (key in VIEWS) {
      document.dispatchEvent(new CustomEvent("view", { detail: VIEWS[key] }));
    } else if (/^[1-9]$/.test(key)) {
      const item = current();
      if (item) pick(item, item.querySelectorAll(".often li")[Number(key) - 1]);
    } else if (!press(key)) return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) help().showModal();
  });
  document.addEventListener("change", (event) => {
    const often = event.target.closest(".often");
    if (often) {
      const chosen = CSS.escape(event.target.value);
      pick(often.closest("[data-item]"), often.querySelector(`[data-token="${chosen}"]`));
      event.target.value = "";
    } else if (event.target.closest("dialog[data-keys-help]")) {
      try {
        localStorage.setItem(SWITCH, event.target.checked ? "0" : "1");
      } catch {
        // Then it is forgotten with the page.
      }
    }
  });
  document.addEventListener("shown", start);
  start();
}
