// What a reader can do with a page: sort and filter its tables, copy links to its places, print it. All of it can be
// read without, and nothing changes but by her hand.
(() => {
  "use strict";

  const told = Object.assign(document.createElement("span"), { className: "told" });
  told.setAttribute("role", "status");

  // The heads of a sorted table lie below buttons; what is no figure comes last.

  const ofReaders = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".cell-label, .for-ears").forEach((hidden) => hidden.remove());
    return copy.textContent.trim();
  };

  const numberIn = (text) => {
    const [written] = text.replace(/\s/g, "").match(/[−-]?\d+(,\d+)?/) ?? [];
    return written ? Number(written.replace("−", "-").replace(",", ".")) : NaN;
  };

  function compared(a, b, sign) {
    const [first, other] = [numberIn(a), numberIn(b)];
    return Number.isNaN(first) - Number.isNaN(other) || sign * (first - other) || 0;
  }

  function sort(table, head, column) {
    const rows = [...table.tBodies[0].rows].map((row) => [row, ofReaders(row.cells[column])]);
    const isText = column === 0 || rows.every(([, text]) => Number.isNaN(numberIn(text)));
    const next = { ascending: "descending", descending: "ascending" }[head.ariaSort];
    const order = next ?? (isText ? "ascending" : "descending"); // figures from the largest
    const sign = order === "ascending" ? 1 : -1;
    rows.sort(([, a], [, b]) => (isText ? sign * a.localeCompare(b, "sv") : compared(a, b, sign)));
    table.tBodies[0].append(...rows.map(([row]) => row));
    table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.ariaSort = order;
  }

  for (const table of document.querySelectorAll("[data-sort]")) {
    [...table.tHead.rows].at(-1).querySelectorAll("th").forEach((head, column) => {
      const name = (head.abbr = head.textContent.trim()); // which is what is read with each cell
      const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
      button.ariaLabel = `Sortera efter ${name}`;
      button.addEventListener("click", () => sort(table, head, column));
      head.append(button);
    });
  }

  // Indicators of a whole page, by their signal.

  for (const filter of document.querySelectorAll("[data-filter]")) {
    const rows = [...document.querySelectorAll(filter.dataset.filter)];
    const wordOf = (row) => row.querySelector(".signal-word")?.textContent;
    const words = rows.map(wordOf);
    const choice = filter.querySelector("select");
    for (const word of new Set(words)) {
      choice.append(new Option(`${word} (${words.filter((other) => other === word).length})`, word));
    }
    choice.addEventListener("change", () => {
      for (const row of rows) row.hidden = choice.value !== "" && wordOf(row) !== choice.value;
      for (const around of new Set(rows.flatMap((row) => [row.closest("tbody"), row.closest("section")]))) {
        around.hidden = !rows.some((row) => around.contains(row) && !row.hidden);
      }
      filter.append(told);
      told.textContent = `Visar ${rows.filter((row) => !row.hidden).length} rader av ${rows.length}.`;
    });
  }

  // Links are copied where the browser lets them be. That to a place leads there too.

  for (const link of document.querySelectorAll("[data-copy]")) {
    link.addEventListener("click", async (event) => {
      if (!navigator.clipboard) return;
      await navigator.clipboard.writeText(link.href);
      link.after(told);
      told.textContent = " Länken är kopierad.";
    });
  }

  for (const item of document.querySelectorAll("[data-print]")) item.addEventListener("click", () => print());

  // What a link leads to may lie folded, which not all browsers open by themselves.

  function unfold() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = place?.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    place.scrollIntoView();
  }

  addEventListener("hashchange", unfold);
  unfold();
})();
