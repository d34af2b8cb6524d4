// In the preview only: loads the page again when it has changed, and tells in a bar below it what is wrong.
"use strict";
(() => {
  const script = document.currentScript;
  const mine = { pages: Number(script.dataset.pages), styles: Number(script.dataset.styles) };
  const own = new URL(".", script.src);
  const place = `forhandsvisning ${location.pathname}`;
  const folds = () => [...document.querySelectorAll("details")];
  let news = null;
  let told = "";

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
  style.href = new URL("panel.css", own);
  const lists = make("div");
  const bar = make("div");
  bar.className = "bar";
  const said = make("p");
  said.setAttribute("role", "status");
  root.append(style, lists, bar, said);

  // The report that a page is of, by where its style sheet lies: also of the pages beside the reports.
  const report = document.querySelector('link[rel="stylesheet"][href*="assets/"]')?.href.match(/([^/]+)\/assets\//)?.[1];
  const basis = new URL("underlag/", own).pathname;
  const isBasis = location.pathname.startsWith(basis);

  const post = (name, asked) => fetch(new URL(name, own), { method: "POST", body: JSON.stringify(asked) });

  // Opens a place in the editor that is set, or copies it.
  async function go({ file, line }, where) {
    said.className = "";
    if (script.dataset.editor && (await post("oppna", { file, line })).ok) {
      said.textContent = `Öppnat: ${where}`;
      return;
    }
    const path = `${script.dataset.root}/${file.split(", blad ")[0]}`;
    await navigator.clipboard.writeText(line ? `${path}:${line}` : path);
    said.textContent = `Kopierat: ${path}${line ? `, rad ${line}` : ""}`;
  }

  function spot(target, where) {
    const button = make("button", where);
    button.type = "button";
    button.title = script.dataset.editor ? "Öppna" : "Kopiera platsen";
    button.className = "spot";
    button.addEventListener("click", () => go(target, where));
    return button;
  }

  function item(problem) {
    const element = make("li", "", spot(problem, problem.place), make("p", problem.found));
    if (problem.excerpt) {
      const { before, spot: marked, after } = problem.excerpt;
      element.append(make("pre", before, make("mark", marked), after));
    }
    element.append(make("p", `Gör så här: ${problem.remedy}`));
    return element;
  }

  function list(kind, title, problems) {
    if (!problems.length) return;
    const fold = make("details", "", make("summary", title), make("ol", "", ...problems.map(item)));
    fold.className = kind;
    fold.open = kind === "errors" || sessionStorage.getItem(`forhandsvisning ${kind}`) === "open";
    fold.addEventListener("toggle", () => sessionStorage.setItem(`forhandsvisning ${kind}`, fold.open ? "open" : ""));
    lists.append(fold);
  }

  function lead(text, href) {
    const link = make("a", text);
    link.href = href;
    bar.append(link);
  }

  function leads({ pages, pdfs }) {
    const ownPage = /\/(kalla|berakning|underlag)[^/]*$/.test(location.pathname);
    const away = `/${report}/index.html`;
    if (isBasis) {
      lead("Tillbaka till sidan", ownPage ? away : `/${location.pathname.slice(basis.length)}${location.hash}`);
    } else {
      const isOfReport = location.pathname.startsWith(`/${report}/`);
      lead("Visa underlaget", basis + (isOfReport ? location.pathname : away).slice(1) + location.hash);
    }
    const made = pdfs[report];
    if (made > 0) lead(made === pages ? "Pdf" : "Pdf, från före den senaste ändringen", new URL(`pdf/${report}.pdf`, own));
    if (made === 0) bar.append(make("span", "Pdf:en görs …"));
    if (made < 0) bar.append(make("span", "Pdf:en gick inte att göra."));
    if (made === 0 || made === pages) return;
    const button = make("button", made === undefined ? "Gör pdf" : "Gör pdf igen");
    button.type = "button";
    button.addEventListener("click", () => post("pdf/", { report }));
    bar.append(button);
  }

  function counted(problems) {
    const lacks = {};
    for (const { lack } of problems) if (lack) lacks[lack] = (lacks[lack] ?? 0) + 1;
    return Object.entries(lacks).map(([lack, number]) => `${lack}: ${number}`);
  }

  function tell(now) {
    const { problems, isBuilt, drafts } = now;
    const of = (kind) => problems.filter((problem) => problem.kind === kind);
    const [errors, warnings, hints] = [of("fel"), of("varning"), of("tips")];
    const many = warnings.length === 1 ? "1 varning" : `${warnings.length} varningar`;
    const wrong = `${errors.length} fel.${isBuilt ? " Sidan visar det som gällde innan." : ""}`;
    const focused = root.activeElement?.textContent;
    lists.replaceChildren();
    bar.replaceChildren();
    list("errors", wrong, errors);
    list("warnings", [many, ...counted(warnings)].join(". "), warnings);
    list("hints", `${hints.length} tips`, hints);
    if (drafts.includes(report)) bar.append(make("strong", "Utkast"));
    if (!problems.length) bar.append(make("span", "Inget att rätta"));
    if (isBuilt && report) leads(now);
    [...root.querySelectorAll("summary, a, button")].find((element) => element.textContent === focused)?.focus();
    said.className = "for-ears";
    said.textContent = errors.length ? wrong : "";
    document.body.style.paddingBottom = `${host.offsetHeight}px`; // so that the end of the page can be seen
    document.documentElement.style.scrollPaddingBottom = `${host.offsetHeight}px`;
  }

  function listen() {
    news?.close();
    news = null;
    if (document.visibilityState === "hidden") return; // a browser has few connections to a host
    news = new EventSource(new URL("nytt", own));
    news.onmessage = ({ data }) => {
      const now = JSON.parse(data);
      if (now.pages !== mine.pages) return reload();
      if (now.styles !== mine.styles) changeStyles(now.styles);
      if (data !== told) tell(now);
      told = data;
    };
  }

  window.preview = { own, report, spot };
  comeBack();
  document.body.append(host);
  document.addEventListener("visibilitychange", listen);
  listen();
})();
