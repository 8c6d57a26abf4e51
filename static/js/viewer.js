/* The documents of a case: larger, turned, one after the other. Without this they stand
   below each other and open in full in a new tab.

   .papers [data-viewer] button[data-view="previous|next|larger|smaller|fit|turn"]
   figure img  the pages; the one that is looked at has [data-current]
*/
"use strict";

const papers = document.querySelector(".papers");
const tools = papers?.querySelector("[data-viewer]");
const sheets = papers ? [...papers.querySelectorAll(".sheets figure")] : [];
const STEPS = [1, 1.5, 2, 3, 4];

if (tools && sheets.length) {
  tools.hidden = false;
  look(0, false);
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (button) view(button.dataset.view);
  });
  papers.addEventListener("pointerdown", (event) => {
    const at = sheets.indexOf(event.target.closest("figure"));
    if (at >= 0) look(at, false);
  });
  document.addEventListener("view", (event) => view(event.detail));
  // An item that is gone to with a key shows its first page.
  papers.addEventListener("focusin", (event) => {
    if (!event.target.matches("[data-item]")) return;
    const at = sheets.indexOf(event.target.querySelector("figure"));
    if (at >= 0) look(at, false);
  });
}

function view(act) {
  const at = sheets.findIndex((sheet) => "current" in sheet.dataset);
  const sheet = sheets[at];
  if (act === "next") look(Math.min(at + 1, sheets.length - 1), true);
  else if (act === "previous") look(Math.max(at - 1, 0), true);
  else if (act === "turn") turn(sheet);
  else zoom(sheet, act);
}

function look(at, scroll) {
  for (const sheet of sheets) delete sheet.dataset.current;
  sheets[at].dataset.current = "";
  if (scroll) sheets[at].scrollIntoView({ block: "start" });
}

function zoom(sheet, act) {
  const now = STEPS.indexOf(Number(sheet.dataset.zoom || 1));
  const next = { larger: now + 1, smaller: now - 1, fit: 0 }[act];
  const step = STEPS[Math.min(Math.max(next, 0), STEPS.length - 1)];
  sheet.dataset.zoom = step;
  sheet.style.setProperty("--zoom", step);
}

/* A quarter to the right, drawn anew: so that what is turned can be scrolled as well. */
function turn(sheet) {
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
}
