// What people set for themselves, kept in their browser: the switch of single keys, how wide the panes are.
// In a cookie: every start has a port of its own, and whatever else a browser keeps goes by the port.

const NAME = "agreements-settings";

function all() {
  const pair = document.cookie.split("; ").find((each) => each.startsWith(`${NAME}=`));
  try { return JSON.parse(decodeURIComponent(pair.slice(NAME.length + 1))) ?? {}; } catch { return {}; }
}

export const setting = (name) => all()[name];

export function keep(name, value) {
  const kept = encodeURIComponent(JSON.stringify({ ...all(), [name]: value }));
  document.cookie = `${NAME}=${kept}; path=/; max-age=31536000; samesite=strict`;
}

// Widths of panes, in hundredths of their group. `first` is the width of the pane before the first divider, `last` of the
// pane behind the last one; what lies between them has the rest.
const STEP = 2, WIDER = 1.4; // what an arrow key adds, what a click makes of a width
const REST = 25; // at least left to what lies between
const SMALLEST = 8; // rem
const chosen = new WeakMap();

const sized = (panes, edge) => panes.querySelector(`[data-sized=${edge}]`);
const share = (panes, edge) => sized(panes, edge) ? 100 * sized(panes, edge).offsetWidth / panes.offsetWidth : 0;
const least = (panes) => 100 * SMALLEST * parseFloat(getComputedStyle(document.documentElement).fontSize) / panes.offsetWidth;
const most = (panes, edge) => 100 - REST - share(panes, edge === "first" ? "last" : "first");
const leftToRight = (panes) => getComputedStyle(panes).direction === "ltr";

function tell(panes) {
  for (const divider of panes.querySelectorAll(".divider")) {
    const edge = divider.dataset.edge, now = Math.round(share(panes, edge));
    divider.setAttribute("aria-valuenow", now);
    divider.setAttribute("aria-valuemin", Math.min(now, Math.ceil(least(panes))));
    divider.setAttribute("aria-valuemax", Math.max(now, Math.floor(most(panes, edge))));
  }
}

function apply(panes) {
  for (const edge of ["first", "last"]) {
    const width = Number(chosen.get(panes)[edge]);
    if (width > 0 && width < 100) panes.style.setProperty(`--${edge}`, `max(${SMALLEST}rem, ${width.toFixed(1)}%)`);
    else panes.style.removeProperty(`--${edge}`);
  }
  tell(panes);
}

function widen(panes, edge, width) {
  const kept = width === null ? undefined : Math.max(least(panes), Math.min(most(panes, edge), width));
  chosen.set(panes, { ...chosen.get(panes), [edge]: kept });
  apply(panes);
}

function divider(panes, pane) {
  const edge = pane.dataset.sized, made = document.createElement("div");
  const wider = () => (edge === "first") === leftToRight(panes) ? 1 : -1; // whether to the right is wider
  const save = () => keep(`widths of ${panes.dataset.panes}`, chosen.get(panes));
  const set = (width) => { widen(panes, edge, width); save(); };
  for (const [name, value] of Object.entries({
    "class": `divider ${edge}`, "role": "separator", "tabindex": 0, "aria-orientation": "vertical", "data-edge": edge,
    "aria-controls": pane.id, "aria-label": `Width of ${pane.dataset.called}`,
    "title": "Drag it, click it or use the arrow keys; double-click or Enter: as it was",
  })) made.setAttribute(name, value);
  let begun = null, moved = false;
  made.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    made.focus({ preventScroll: true });
    made.setPointerCapture(event.pointerId);
    begun = { at: event.clientX, width: share(panes, edge) };
    moved = false;
  });
  made.addEventListener("pointermove", (event) => {
    const by = begun ? event.clientX - begun.at : 0;
    if (!moved && Math.abs(by) < 3) return;
    moved = true;
    widen(panes, edge, begun.width + wider() * 100 * by / panes.offsetWidth);
  });
  made.addEventListener("lostpointercapture", () => { begun = null; if (moved) save(); });
  made.addEventListener("click", (event) => { // for whoever cannot drag: wider, and at the next click as it was
    if (!moved && event.detail < 2) set(chosen.get(panes)[edge] ? null : WIDER * share(panes, edge));
  });
  made.addEventListener("dblclick", () => set(null));
  made.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key];
    if (by) set(share(panes, edge) + wider() * by);
    else if (event.key === "Home") set(0);
    else if (event.key === "End") set(100);
    else if (event.key === "Enter") set(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return made;
}

// Give each group of panes its dividers, and the widths that it was left with. The style sheet hides them where panes stand
// below one another; without a script there are none, and the widths are those of the style sheet.
export function dividePanes() {
  for (const panes of document.querySelectorAll("[data-panes]:not(:has(.divider))")) {
    chosen.set(panes, setting(`widths of ${panes.dataset.panes}`) ?? {});
    for (const pane of panes.querySelectorAll("[data-sized]")) {
      if (pane.parentElement !== panes) panes.append(divider(panes, pane));
      else pane[pane.dataset.sized === "first" ? "after" : "before"](divider(panes, pane));
    }
    apply(panes);
    new ResizeObserver(() => tell(panes)).observe(panes);
  }
}
