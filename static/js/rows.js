/* Adds an empty row to a list of the counter’s page at once. Without it the button sends
   the page, which comes back with one row more.

   <section>
     <input type="hidden" data-rows value="1">        how many rows there are
     <template data-row> the boxes of a row, numbered N </template>
     <button data-add>
*/
"use strict";

for (const button of document.querySelectorAll("button[data-add]")) {
  const section = button.closest("section");
  const count = section.querySelector("input[data-rows]");
  const template = section.querySelector("template[data-row]");

  button.addEventListener("click", (event) => {
    const number = Number(count.value);
    if (!template || number >= 20) return;
    event.preventDefault();
    const row = template.content.cloneNode(true);
    for (const one of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = one.getAttribute(name);
        if (value) one.setAttribute(name, value.replaceAll("-N-", `-${number}-`));
      }
    }
    const first = row.querySelector("input:not([type=hidden]), select");
    count.value = number + 1;
    template.before(row);
    first.focus();
  });
}
