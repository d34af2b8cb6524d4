// In what the preview shows of a report's basis: where each paragraph and indicator is written, and each row of a file.
"use strict";
(async () => {
  const { own, report, spot } = window.preview;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("spots.css", own);
  document.head.append(style);

  const page = location.pathname.match(/([^/]+)\.html$/)?.[1];
  const { spots, files } = await (await fetch(new URL(`platser/${report}`, own))).json();
  const shown = (told) => told.slice(told.indexOf(`${report}/`) + report.length + 1).replace(/ (?=\d+$)/, "\u00a0");

  function placed(target) {
    const button = spot(target, shown(target.told));
    button.classList.add("forhandsvisning-plats");
    return button;
  }

  // A text has its title before its paragraphs, and what it is about after them.
  const blocks = (text) => [...text.children].filter(
    (child, index) => index && !child.matches(".lead, .story-about, .text-figures, .forhandsvisning-plats"),
  );
  const texts = new Map();
  for (const target of spots) {
    const element = document.getElementById(target.anchor);
    if (!element) continue;
    if (target.block === null) element.append(placed(target));
    else if (!texts.has(element)) texts.set(element, blocks(element));
    const block = target.block === null ? null : texts.get(element)[target.block];
    if (block) block.after(placed(target));
  }

  const file = files[page];
  if (!file) return;
  for (const row of document.querySelectorAll(`tr[id^="${page}-"]`)) {
    const line = Number(row.id.slice(page.length + 1));
    const button = placed({ file, line, told: `${file}, rad ${line}` });
    button.ariaLabel = button.textContent;
    button.textContent = line;
    row.cells[0].replaceChildren(button);
  }
})();
