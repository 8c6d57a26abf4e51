/* The documents of a case: larger, turned, one after the other. Without this they stand
   below each other and open in full in a new tab.

   .papers [data-viewer] button[data-view="previous|next|larger|smaller|fit|turn"]
   figure img  the pages; the one that is looked at has [data-current]
*/
"use strict";

{
  const STEPS = [1, 1.5, 2, 3, 4];
  const sheets = () => [...document.querySelectorAll(".papers .sheets figure")];

  const start = () => {
    const tools = document.querySelector("[data-viewer]");
    if (!tools || !sheets().length) return;
    tools.hidden = false;
    look(sheets()[0]);
  };

  const look = (sheet, scroll = false) => {
    if (!sheet) return;
    for (const other of sheets()) delete other.dataset.current;
    sheet.dataset.current = "";
    if (scroll) sheet.scrollIntoView({ block: "start" });
  };

  const view = (act) => {
    const all = sheets();
    const at = all.findIndex((sheet) => "current" in sheet.dataset);
    if (at < 0) return;
    if (act === "next") look(all[Math.min(at + 1, all.length - 1)], true);
    else if (act === "previous") look(all[Math.max(at - 1, 0)], true);
    else if (act === "turn") turn(all[at]);
    else zoom(all[at], act);
  };

  const zoom = (sheet, act) => {
    const now = STEPS.indexOf(Number(sheet.dataset.zoom || 1));
    const next = { larger: now + 1, smaller: now - 1, fit: 0 }[act];
    const step = STEPS[Math.min(Math.max(next, 0), STEPS.length - 1)];
    sheet.dataset.zoom = step;
    sheet.style.setProperty("--zoom", step);
  };

  /* A quarter to the right, drawn anew: what is turned can be scrolled as well. */
  const turn = (sheet) => {
    const image = sheet.querySelector("img");
    const turns = (Number(sheet.dataset.turns || 0) + 1) % 4;
    sheet.dataset.turns = turns;
    sheet.querySelector("canvas")?.remove();
    image.hidden = turns > 0;
    if (!turns) return;
    const { naturalWidth: width, naturalHeight: height } = image;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = turns % 2 ? [height, width] : [width, height];
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", image.alt);
    const pen = canvas.getContext("2d");
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((turns * Math.PI) / 2);
    pen.drawImage(image, -width / 2, -height / 2);
    image.after(canvas);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) view(button.dataset.view);
  });
  document.addEventListener("pointerdown", (event) => {
    look(event.target.closest(".papers figure"));
  });
  // An item that is gone to with a key shows its first page.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-item]")) look(event.target.querySelector("figure"));
  });
  document.addEventListener("view", (event) => view(event.detail));
  document.addEventListener("shown", start);
  start();
}
