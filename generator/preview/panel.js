// In the preview only: loads the page again when it has changed, and tells what is wrong over the last good one.
"use strict";
(() => {
  const script = document.currentScript;
  const mine = { pages: Number(script.dataset.pages), styles: Number(script.dataset.styles) };
  const place = `forhandsvisning ${location.pathname}`;
  const folds = () => [...document.querySelectorAll("details")];
  let news = null;

  const make = (name, text = "", ...children) => {
    const element = document.createElement(name);
    element.append(text, ...children);
    return element;
  };

  function reload() {
    const open = folds().map((fold) => fold.open);
    sessionStorage.setItem(place, JSON.stringify({ open, x: scrollX, y: scrollY }));
    news.close();
    location.reload();
  }

  function comeBack() {
    const left = JSON.parse(sessionStorage.getItem(place) || "null");
    sessionStorage.removeItem(place);
    if (!left) return;
    folds().forEach((fold, index) => { fold.open = left.open[index] ?? fold.open; });
    scrollTo(left.x, left.y);
  }

  function changeStyles(number) {
    for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
      const next = link.cloneNode();
      const address = new URL(link.href);
      address.searchParams.set("forhandsvisning", number);
      next.href = address;
      next.addEventListener("load", () => link.remove(), { once: true });
      link.after(next);
    }
    mine.styles = number;
  }

  const host = make("aside");
  host.ariaLabel = "Förhandsvisningen";
  const root = host.attachShadow({ mode: "open" });
  const style = make("link");
  style.rel = "stylesheet";
  style.href = new URL("panel.css", script.src);

  function item(problem) {
    const told = make("li", "", make("strong", problem.place), make("p", problem.found));
    if (problem.excerpt) {
      const { before, spot, after } = problem.excerpt;
      told.append(make("pre", before, make("mark", spot), after));
    }
    told.append(make("p", `Gör så här: ${problem.remedy}`));
    return told;
  }

  function list(kind, title, problems, open) {
    if (!problems.length) return [];
    const fold = make("details", "", make("summary", title), make("ol", "", ...problems.map(item)));
    fold.className = kind;
    fold.open = open;
    return [fold];
  }

  function tell({ problems, isBuilt }) {
    const isOpen = (kind) => root.querySelector(`.${kind}`)?.open ?? false;
    const [hasWarnings, hasHints] = [isOpen("warnings"), isOpen("hints")];
    const errors = problems.filter((problem) => problem.kind === "fel");
    const warnings = problems.filter((problem) => problem.kind === "varning");
    const hints = problems.filter((problem) => problem.kind === "tips");
    const many = warnings.length === 1 ? "1 varning" : `${warnings.length} varningar`;
    root.replaceChildren(
      style,
      ...list("errors", `${errors.length} fel.${isBuilt ? " Sidan visar det som gällde innan." : ""}`, errors, true),
      ...list("warnings", many, warnings, hasWarnings),
      ...list("hints", `${hints.length} tips`, hints, hasHints),
    );
    host.setAttribute("role", errors.length ? "alert" : "status");
    host.hidden = !problems.length;
  }

  function listen() {
    news?.close();
    news = null;
    if (document.visibilityState === "hidden") return; // a browser has few connections to a host
    news = new EventSource(new URL("nytt", script.src));
    news.onmessage = ({ data }) => {
      const now = JSON.parse(data);
      if (now.pages !== mine.pages) return reload();
      if (now.styles !== mine.styles) changeStyles(now.styles);
      tell(now);
    };
  }

  comeBack();
  document.body.append(host);
  document.addEventListener("visibilitychange", listen);
  listen();
})();
