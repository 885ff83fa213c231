// Keys, copying with citation, what comes later. Every page works without it.

import { dividePanes, keep, setting } from "./settings.js";

const OFF = "single keys off";
let after_g = 0;

const say = (words) => {
  const place = document.getElementById("said");
  place.textContent = words;
  setTimeout(() => { if (place.textContent === words) place.textContent = ""; }, 4000);
};
const items = () => [...document.querySelectorAll("[data-item]")].filter((each) => each.offsetParent !== null);
const chosen = () => document.querySelector("[data-item].chosen");

function choose(item) {
  if (!item) return;
  chosen()?.classList.remove("chosen");
  item.classList.add("chosen");
  (item.querySelector("a, button") ?? item).focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(chosen() ?? document.activeElement?.closest("[data-item]"));
  choose(all[Math.max(0, Math.min(all.length - 1, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))]);
}

function jump(by) {
  const all = [...document.querySelectorAll("[data-change]")];
  if (!all.length) return say("No change is marked on this page.");
  const now = all.indexOf(document.querySelector("[data-change].here"));
  document.querySelector("[data-change].here")?.classList.remove("here");
  const next = all[(now + by + all.length) % all.length];
  next.classList.add("here");
  next.scrollIntoView({ block: "center" });
}

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

async function copy(from) {
  const quote = from?.querySelector("[data-quote]") ?? document.querySelector("[data-quote]");
  if (!quote) return say("There is no quote here to copy.");
  const citation = (from?.querySelector("[data-citation]") ?? document.querySelector("[data-citation]"))?.textContent.trim() ?? "";
  const from_text = "quoteHere" in quote.dataset ? document.querySelector("[data-here]") : quote;  // too long to be there twice
  const words = (quote.dataset.words ?? from_text?.innerText ?? "").trim();
  const plain = words && citation ? `“${words}” ${citation}` : words || citation;
  const paragraphs = words.split(/\n+/).filter(Boolean).map((line) => `<p class="Quote">${escaped(line)}</p>`).join("");
  const html = `${paragraphs}${citation ? `<p class="Citation">${escaped(citation)}</p>` : ""}`;
  try {
    await navigator.clipboard.write([new ClipboardItem({
      "text/plain": new Blob([plain], { type: "text/plain" }), "text/html": new Blob([html], { type: "text/html" }),
    })]);
    say("Copied with its citation.");
  } catch {
    say("The browser did not let the page copy. Select the words and copy them.");
  }
}

const follow = (selector) => document.querySelector(selector)?.click();
const KEYS = {
  "/": () => { const box = document.querySelector("#ask-q") ?? document.getElementById("find"); box.focus(); box.select(); },
  "?": () => { location.href = "/help/keys"; },
  j: () => step(1),
  k: () => step(-1),
  "[": () => jump(-1),
  "]": () => jump(1),
  y: () => copy(chosen() ?? document.activeElement?.closest("[data-item]")),
  o: () => follow("[data-key=o]"),
  s: () => follow("[data-key=s]"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || setting(OFF)) return;
  const target = event.target;
  if (target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (after_g && Date.now() - after_g < 1500) {
    after_g = 0;
    const link = [...document.querySelectorAll("[data-go]")].find((each) => each.dataset.go === event.key);
    if (link) { event.preventDefault(); location.href = link.href; return; }
  }
  if (event.key === "g") { after_g = Date.now(); return; }
  if (event.key === "Enter" && chosen() && !target.closest("a, button, summary")) { location.href = chosen().dataset.open ?? chosen().querySelector("a").href; return; }
  const own = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const act = own ? () => own.click() : KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) { event.preventDefault(); copy(button.closest("[data-item], [data-copied]")); }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-single-keys]")) keep(OFF, !event.target.checked);
  if (event.target.matches(".facets input[type=checkbox], [data-sends]")) event.target.form.requestSubmit();
});

// Progress of a job: server-sent events replace the words of the page, and lead on when it is done.
function watch(place) {
  const events = new EventSource(place.dataset.events);
  const line = place.querySelector("[data-progress]");
  const list = place.querySelector("[data-lines]");
  const bar = place.querySelector("progress");
  events.addEventListener("progress", (event) => {
    const [done, all, words] = JSON.parse(event.data);
    if (bar) { bar.max = all || 1; bar.value = done; }
    if (line) line.textContent = words;
  });
  events.addEventListener("line", (event) => {
    const row = document.createElement("li");
    row.textContent = JSON.parse(event.data);
    list?.append(row);
  });
  events.addEventListener("done", () => { events.close(); location.reload(); });
}

for (const box of document.querySelectorAll("[data-single-keys]")) box.checked = !setting(OFF);
dividePanes();
document.addEventListener("htmx:after:settle", dividePanes); // where Back put a whole page in
for (const place of document.querySelectorAll("[data-events]")) watch(place);

// Pieces that take long come when the page is there: precedents, and what a counter makes of their words.
const piece = async (place, how) => {
  const answer = await fetch(how.url, how).catch(() => ({ ok: false }));
  if (answer.ok) place.innerHTML = await answer.text();
};
for (const place of document.querySelectorAll("[data-load]")) piece(place, { url: place.dataset.load });
for (const box of document.querySelectorAll("[data-redline]")) {
  let waiting = 0;
  const place = box.form.querySelector(".redline");
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      piece(place, { url: box.dataset.redline, method: "POST", body: new URLSearchParams(new FormData(box.form)) });
    }, 250);
  });
}
// The browser puts what is asked for in the middle; of a provision that is taller than the window, its head comes first.
const asked = document.querySelector("[data-here]");
if (asked && performance.getEntriesByType("navigation")[0]?.type !== "back_forward") addEventListener("load", () => {
  if (asked.offsetHeight > innerHeight / 2) asked.scrollIntoView({ block: "start" });
});
const here = document.querySelector(".par.here"), pane = here?.closest(".pane");
if (pane && pane.scrollHeight > pane.clientHeight) addEventListener("load", () => {
  pane.scrollTop += here.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  window.scrollTo(0, 0);
});
const entry = document.querySelector(".contents [aria-current]"), list = entry?.closest(".contents");
if (list) list.scrollTop += entry.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
