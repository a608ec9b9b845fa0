"use strict";
(() => {
  const $ = (query, root = document) => [...root.querySelectorAll(query)];
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const why = document.getElementById("why");
  const holder = document.getElementById("data");
  const data = holder ? JSON.parse(holder.textContent) : null;
  const rows = $(".row");
  // Words are found whatever their case, accents and blanks, in a source over the ends of its lines too.
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/\s+/g, "");
  const texts = rows.map((row) => fold((row.querySelector(".t") || row).textContent) + (data ? "" : "\n"));
  const whole = texts.join("");
  const starts = [];
  texts.reduce((start, text) => { starts.push(start); return start + text.length; }, 0);
  const rowAt = (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle; else high = middle;
    }
    return low;
  };
  const rowsWith = (words) => {
    const out = new Set();
    for (let offset = whole.indexOf(words); offset >= 0; offset = whole.indexOf(words, offset + 1)) out.add(rowAt(offset));
    return [...out];
  };
  let hits = [];
  let at = -1;
  let current = -1;
  const setHead = () => document.documentElement.style.setProperty("--head", document.querySelector("header").offsetHeight + "px");
  setHead();
  addEventListener("resize", setHead);
  document.querySelector(".keys").addEventListener("toggle", setHead);

  const show = (element) => element.scrollIntoView({ block: "center" });
  const clear = () => $(".chosen").forEach((element) => element.classList.remove("chosen"));
  const paragraph = (text, kind) => {
    const p = document.createElement("p");
    p.className = kind || "";
    p.textContent = text;
    return p;
  };
  const because = (rule) => (data.rules[rule] ? [paragraph(data.rules[rule], "because")] : []);
  const explain = (content) => {
    if (!why || !content.length) return;
    why.lastElementChild.replaceChildren(...content);
    why.hidden = false;
  };
  const close = () => { if (why) why.hidden = true; };

  const chooseLines = (value) => {
    const [first, last] = value.dataset.lines.split("-").map(Number);
    clear();
    value.classList.add("chosen");
    for (let n = first; n <= last; n += 1) document.getElementById("L" + n)?.classList.add("chosen");
    const start = document.getElementById("L" + first);
    if (start) show(start);
    if (value.dataset.rule) explain([paragraph(data.say.rule + " " + value.dataset.rule), ...because(value.dataset.rule)]);
  };
  const chooseLine = (row) => {
    clear();
    row.classList.add("chosen");
    const content = [paragraph(row.querySelector(".no").textContent + " " + row.querySelector(".t").textContent.trim().slice(0, 80))];
    row.dataset.parts.split(" ").forEach((index) => {
      const part = data.parts[Number(index)];
      content.push(paragraph(data.say.became.replace("{}", part.eid ? part.eid + " (" + part.what + ")" : part.what).replace("{}", part.rule)), ...because(part.rule));
      if (part.join) content.push(paragraph(data.say[part.decide].replace("{}", part.above).replace("{}", part.join)), ...because(part.join));
      const node = part.eid && document.getElementById(part.eid);
      if (node) {
        for (let box = node.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
        node.classList.add("chosen");
        if (matchMedia("(min-width: 701px)").matches) show(node);
      }
    });
    explain(content);
  };
  const choose = (target) => {
    const value = target.closest("[data-lines]");
    if (value) return chooseLines(value.closest(".value") || value);
    const row = target.closest(".row[data-parts]");
    if (row) { current = rows.indexOf(row); chooseLine(row); }
    return undefined;
  };

  const move = (step) => {
    const usable = (row) => row.tabIndex === -1 && row.hasAttribute("tabindex") && row.offsetParent !== null;
    let next = current + step;
    while (rows[next] && !usable(rows[next])) next += step;
    if (!rows[next]) return;
    current = next;
    rows[next].focus({ preventScroll: true });
    show(rows[next]);
    if (rows[next].dataset.parts) chooseLine(rows[next]);
    else { clear(); rows[next].classList.add("chosen"); }
  };
  const go = (step) => {
    if (!hits.length) return;
    if (at >= 0) rows[hits[at]].classList.remove("now");
    at = (at + step + hits.length) % hits.length;
    current = hits[at];
    rows[current].classList.add("now");
    show(rows[current]);
    found.textContent = at + 1 + " / " + hits.length;
  };
  const look = () => {
    hits.forEach((index) => rows[index].classList.remove("hit", "now"));
    const wanted = fold(search.value);
    hits = wanted ? rowsWith(wanted) : [];
    hits.forEach((index) => rows[index].classList.add("hit"));
    at = -1;
    found.textContent = wanted ? String(hits.length) : "";
    go(1);
  };

  search.addEventListener("input", look);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.no, a.at[data-lines]");
    if (data && link) event.preventDefault();
    if (data && !getSelection().toString()) choose(event.target);
  });
  if (why) why.querySelector("button").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target === search;
    if (event.key === "Escape") {
      if (typing) { search.value = ""; look(); search.blur(); }
      clear(); close();
    } else if (typing) {
      if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    } else if (event.key === "/") {
      event.preventDefault(); search.focus(); search.select();
    } else if (event.key === "n") go(1);
    else if (event.key === "p") go(-1);
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "Enter" && data && !event.target.closest("summary, button")) { event.preventDefault(); choose(event.target); }
  });
})();
