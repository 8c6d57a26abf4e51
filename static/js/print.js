/* <button data-print hidden>: prints the page. Without it, Ctrl + P does. */
"use strict";

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
