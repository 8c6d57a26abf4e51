/* Fills the next list of regions as soon as one is chosen. Without it, or when the
   line is down, the button “show the choices” does the same.

   <form data-regions="/saya/wilayah/0/">                   0 stands for a code
     <select data-region="province">, "regency", "district", "village"
     <div data-region-show> the button </div>
     <p data-region-status role="status" data-loading="…" data-ready="…"></p>
*/
"use strict";

for (const form of document.querySelectorAll("form[data-regions]")) {
  const lists = [...form.querySelectorAll("select[data-region]")];
  const show = form.querySelector("[data-region-show]");
  const button = show.querySelector("button");
  const status = form.querySelector("[data-region-status]");

  /* A hidden button would still be the one that Enter presses. */
  const offer = (wanted) => {
    show.hidden = !wanted;
    button.disabled = !wanted;
  };

  const empty = (list) => {
    list.length = 1;
    list.value = "";
  };

  const fill = async (list, code) => {
    const answer = await fetch(form.dataset.regions.replace("/0/", `/${code}/`));
    if (!answer.ok) throw new Error(answer.status);
    const { regions } = await answer.json();
    return () => {
      empty(list);
      list.append(...regions.map(({ code, name }) => new Option(name, code)));
    };
  };

  const follow = async (list, level) => {
    const code = list.value;
    lists.slice(level + 1).forEach(empty);
    if (!code) return;
    status.textContent = status.dataset.loading;
    try {
      const done = await fill(lists[level + 1], code);
      // Meanwhile another one may have been chosen.
      if (list.value !== code) return;
      done();
      status.textContent = status.dataset.ready;
      offer(false);
    } catch {
      status.textContent = "";
      offer(true);
    }
  };

  lists.slice(0, -1).forEach((list, level) => {
    list.addEventListener("change", () => follow(list, level));
    // The page may have come anew before the next list was there (language.js).
    if (list.value && lists[level + 1].length === 1) follow(list, level);
  });

  offer(false);
}
