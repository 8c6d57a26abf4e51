/* Prints the slip as soon as it is there, and goes back to the door for the next person.
   An extra only: without a script the browser's own menu prints it. */
"use strict";

const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());

addEventListener("afterprint", () =>
  setTimeout(() => document.querySelector(".actions a").click(), 5000),
);
addEventListener("load", () => print());
