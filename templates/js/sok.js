// Search of the whole site. Without scripts the links to it lead to the register of sok.html.
// The index is loaded when somebody searches, as ordinary scripts: pages opened from disk may neither fetch
// nor load modules. Texts from it are only ever put in as text, never as markup.
(() => {
  "use strict";

  const MOST_PAGES = 20;
  const MOST_PLACES = 4; // of a page
  const EXCERPT = 150; // characters
  const script = document.currentScript.src;
  const root = new URL("../../", script).href; // of the site: this lies in <report>/assets/
  const ownFolder = new URL("../", script).href;

  // The index: every place on every page, and the words of all of them with how often each is used.

  let loading = null;
  let places = [];
  let vocabulary = new Map();

  const index = () => (loading ??= loadIndex().catch((error) => { loading = null; throw error; }));

  async function loadIndex() {
    window.bokslutIndex = [];
    await loadScript("assets/sokindex.js");
    const [site] = window.bokslutIndex;
    await Promise.all(site.reports.map((folder) => loadScript(`${folder}/assets/sokindex.js`)));
    const order = ["", ...site.reports];
    const parts = window.bokslutIndex.sort((a, b) => order.indexOf(a.folder) - order.indexOf(b.folder));
    places = parts.flatMap((part) => part.pages.flatMap((page) => placesOf(part, page, site.reports.length > 1)));
    vocabulary = new Map();
    for (const word of places.flatMap((place) => wordsOf(`${place.title} ${place.text}`))) {
      vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
    }
  }

  const loadScript = (path) => new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement("script"), { src: root + path });
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });

  function placesOf(part, [address, pageTitle, pageText, sections], hasOthers) {
    const folder = new URL(part.folder ? `${part.folder}/` : "", root).href;
    const page = {
      address: folder + address,
      title: pageTitle,
      report: hasOthers ? part.title : "",
      isOwn: folder === ownFolder,
      known: `${pageTitle} ${pageText} ${part.title}`.toLowerCase(),
    };
    return [["", pageTitle, pageText], ...sections].map(([anchor, title, text], at) => ({
      page, anchor, title, text, isPage: at === 0, lowTitle: title.toLowerCase(), lowText: text.toLowerCase(),
    }));
  }

  // Words. Swedish compounds decide: the stem of a word is looked for anywhere, so that ”nyttan” finds
  // ”medlemsnytta”. Numbers are looked for whole: ”1.2” is not ”1.2.1”.

  const ENDING = /(ningarna|ningar|ningen|eringarna|eringen|ering|ernas|arnas|ornas|erna|arna|orna|ens|ets|ers|ar|er|or|en|et|na|as|n|t|a|e|s)$/;

  const wordsOf = (text) => (text.normalize("NFC").toLowerCase().match(/[\p{L}\d]+(?:[.,-][\p{L}\d]+)*/gu) ?? []);

  function stemOf(word) {
    const stem = word.replace(ENDING, "");
    return stem.length > 3 ? stem : word;
  }

  // What is asked for. Words that tell nothing count only when there are no others.
  const TELLS_NOTHING = /^(och|som|att|det|den|ett|för|med|till|vad|hur|var|vem|när|\p{L}{1,2})$/u;

  function termsOf(query) {
    const words = wordsOf(query);
    const telling = words.filter((word) => !TELLS_NOTHING.test(word));
    return (telling.length ? telling : words).map((word) => ({ word, stem: stemOf(word) }));
  }

  const isPartOfWord = (character) => character !== undefined && /[\p{L}\d]/u.test(character);

  function find(text, stem, from = 0) {
    const isNumber = /^\d/.test(stem);
    for (let at = text.indexOf(stem, from); at >= 0; at = text.indexOf(stem, at + 1)) {
      const end = at + stem.length;
      const goesOn = isPartOfWord(text[end]) || (text[end] === "." && isPartOfWord(text[end + 1]));
      const began = isPartOfWord(text[at - 1]) || (text[at - 1] === "." && isPartOfWord(text[at - 2]));
      if (!isNumber || (!goesOn && !began)) return at;
    }
    return -1;
  }

  // 0 when it is not there, 1 inside of a word, 2 where a word begins.
  function weight(text, stem) {
    const at = find(text, stem);
    if (at < 0) return 0;
    return isPartOfWord(text[at - 1]) ? 1 : 2;
  }

  // Every word must stand in the place or in what its page says of itself, and at least one in the place itself.
  function score(place, terms) {
    let total = 0;
    let isHere = false;
    for (const { stem } of terms) {
      const here = 5 * weight(place.lowTitle, stem) || weight(place.lowText, stem);
      const known = weight(place.page.known, stem) / 2;
      if (!here && !known) return 0;
      isHere ||= here > 0;
      total += here || known;
    }
    return isHere ? total + (place.isPage ? 1 : 0) : 0;
  }

  // Pages with their best places. Of those that are as good, the reader's own report comes first.
  function search(terms) {
    const pages = new Map();
    for (const place of places) {
      const points = score(place, terms);
      if (!points) continue;
      const found = pages.get(place.page) ?? { page: place.page, points: 0, places: [] };
      found.points = Math.max(found.points, points);
      found.places.push({ place, points });
      pages.set(place.page, found);
    }
    return [...pages.values()].sort((a, b) => b.points - a.points || b.page.isOwn - a.page.isOwn);
  }

  // ”Menade du …”: each word that stands nowhere is exchanged for the nearest that does.

  function suggestion(query) {
    const near = wordsOf(query).map((word) => (isKnown(word) ? word : nearest(word)));
    const meant = near.join(" ");
    return near.every(Boolean) && meant !== wordsOf(query).join(" ") ? meant : "";
  }

  const isKnown = (word) => places.some(({ lowTitle, lowText }) => [lowTitle, lowText].some((text) => find(text, stemOf(word)) >= 0));

  function nearest(word) {
    let best = "";
    let least = word.length > 4 ? 2.5 : 1.5;
    for (const [known, uses] of vocabulary) {
      if (Math.abs(known.length - word.length) > 2 || /\d/.test(known)) continue;
      const far = distance(word, known) - uses / 1e6; // the more common of two
      if (far < least) [best, least] = [known, far];
    }
    return best;
  }

  // How many letters differ, are missing or are too many.
  function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let line = 1; line <= a.length; line += 1) {
      const next = [line];
      for (let column = 1; column <= b.length; column += 1) {
        const changed = row[column - 1] + (a[line - 1] === b[column - 1] ? 0 : 1);
        next.push(Math.min(changed, row[column] + 1, next[column - 1] + 1));
      }
      row = next;
    }
    return row[b.length];
  }

  // What is shown.

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  }

  function marked(text, terms) {
    const low = text.toLowerCase();
    const parts = [];
    for (let from = 0; ;) {
      const hits = terms.map(({ word, stem }) => {
        const at = find(low, stem, from);
        return [at, low.startsWith(word, at) ? word.length : stem.length];
      }).filter(([at]) => at >= 0);
      if (!hits.length) return [...parts, text.slice(from)];
      const [at, length] = hits.reduce((first, hit) => (hit[0] < first[0] ? hit : first));
      parts.push(text.slice(from, at), element("mark", {}, text.slice(at, at + length)));
      from = at + length;
    }
  }

  // The words around the first hit, or the first of all.
  function excerpt({ text, lowText }, terms) {
    const hits = terms.map(({ stem }) => find(lowText, stem)).filter((hit) => hit >= 0);
    const at = hits.length ? Math.min(...hits) : 0;
    const start = at > EXCERPT / 3 ? text.indexOf(" ", at - EXCERPT / 3) + 1 : 0;
    const rest = text.slice(start);
    const shown = rest.length > EXCERPT ? `${rest.slice(0, EXCERPT).replace(/\s+\S*$/, "")} …` : rest;
    return marked((start ? "… " : "") + shown, terms);
  }

  function hit({ page, places: found }, terms) {
    const [whole, ...others] = [...found].sort((a, b) => b.place.isPage - a.place.isPage || b.points - a.points);
    const sections = whole.place.isPage ? others : [whole, ...others];
    const item = element("li", { class: "hit" }, element("a", { class: "hit-page", href: page.address }, ...marked(page.title, terms)));
    if (page.report) item.append(" ", element("span", { class: "hit-report" }, page.report));
    if (whole.place.isPage && whole.place.text) item.append(element("p", {}, ...excerpt(whole.place, terms)));
    const list = sections.slice(0, MOST_PLACES).map(({ place }) => element("li", {},
      element("a", { href: page.address + (place.anchor ? `#${place.anchor}` : "") }, ...marked(place.title, terms)),
      ...(place.text ? [element("p", {}, ...excerpt(place, terms))] : [])));
    if (list.length) item.append(element("ul", { class: "hit-places", role: "list" }, ...list));
    if (sections.length > MOST_PLACES) item.append(element("p", {}, `och ${sections.length - MOST_PLACES} till på sidan`));
    return item;
  }

  function summary(found) {
    const count = found.reduce((sum, page) => sum + page.places.length, 0);
    if (!count) return "Inga träffar.";
    const hits = `${count} ${count === 1 ? "träff" : "träffar"} på ${found.length} ${found.length === 1 ? "sida" : "sidor"}.`;
    return found.length > MOST_PAGES ? `${hits} De ${MOST_PAGES} bästa visas.` : hits;
  }

  let fields = 0;

  // Fills a form with a field, what is said of the hits, and the hits. Gives the field.
  function build(form) {
    const id = `sokfalt-${(fields += 1)}`;
    const field = element("input", {
      id, type: "text", class: "search-field", inputmode: "search", enterkeyhint: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    });
    const status = element("p", { class: "search-status", role: "status" });
    const hits = element("ul", { class: "hits", role: "list" });
    form.append(element("label", { for: id, class: "search-label" }, "Sök på webbplatsen"), field, status, hits);

    async function show() {
      const query = field.value.trim();
      try {
        await index();
      } catch {
        status.textContent = "Sökningen kunde inte läsas in. Registret på söksidan fungerar ändå.";
        return;
      }
      if (query !== field.value.trim()) return; // more has been typed meanwhile
      const terms = termsOf(query);
      const found = query.length > 1 && terms.length ? search(terms) : null;
      hits.replaceChildren(...(found ?? []).slice(0, MOST_PAGES).map((page) => hit(page, terms)));
      status.textContent = found ? summary(found) : "";
      const meant = found?.length === 0 ? suggestion(query) : "";
      if (meant) {
        const button = element("button", { type: "button", class: "search-button" }, meant);
        button.addEventListener("click", () => {
          field.value = meant;
          field.focus();
          show();
        });
        status.append(" Menade du ", button, "?");
      }
    }

    field.addEventListener("input", show);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      hits.querySelector("a")?.click();
    });
    // Arrows go between the field and the hits, as Tab does.
    form.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [field, ...hits.querySelectorAll("a")];
      const next = step && stops[stops.indexOf(document.activeElement) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
    return field;
  }

  // Where it is: on the page of its own, and in a dialog that opens on all others.

  const form = document.querySelector("[data-search-form]");
  const ownField = form && build(form);
  if (form) form.hidden = false;

  let dialog = null;

  function open(event) {
    event.preventDefault();
    index().catch(() => {}); // on its way while the first letters are typed
    if (ownField) {
      ownField.focus();
      return;
    }
    dialog ??= makeDialog();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
  }

  function makeDialog() {
    const close = element("button", { type: "button", class: "search-button search-close" }, "Stäng");
    const search = element("form", { class: "search", role: "search" });
    const made = element("dialog", { class: "search-dialog", "aria-label": "Sök" }, search);
    build(search);
    search.append(close);
    close.addEventListener("click", () => made.close());
    made.addEventListener("click", (event) => {
      if (event.target === made || event.target.closest(".hits a")) made.close();
    });
    document.body.append(made);
    return made;
  }

  for (const link of document.querySelectorAll("[data-search]")) {
    link.setAttribute("aria-keyshortcuts", "Control+K");
    link.addEventListener("click", open);
    for (const key of link.querySelectorAll(".find-key")) key.hidden = false;
  }
  // Not a key alone, which those who speak to their computer may say by mistake (WCAG 2.1.4).
  document.addEventListener("keydown", (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    if (isShortcut) open(event);
  });
})();
