// The time band: events drawn on a scale of days that can be zoomed and moved.
// It only reads the list of events; `visit(id)` shows one of them there. Returns `draw`, to be called
// whenever other events are to be seen, and `range`, the days it shows.
function timeBand(root, events, visit) {
  "use strict";
  const DAY = 864e5;
  const MIN = 4; // days: nearer is of no use, for nothing is known finer than a day
  const ROW = 22; // px, of labels
  const SMALL = 560; // px: a narrower band has fewer and shorter labels
  const NEAR = 16; // px: markers nearer than this become one with a count ...
  const WIDE = 40; // ... of events no farther apart than this, so that a long chain is not one
  let rows; // of labels
  let axis; // y of the markers
  const svg = root.querySelector("svg");
  const stage = root.querySelector(".stage");
  const peek = root.querySelector(".peek");
  const pen = document.createElement("canvas").getContext("2d");

  // Dates are days since 1970; `Date.UTC` would take the year 33 for 1933.
  function number(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return new Date(0).setUTCFullYear(year, month - 1, day) / DAY;
  }
  function iso(day) {
    return new Date(Math.min(Math.max(day, number("0001-01-01")), number("9999-12-31")) * DAY).toISOString().slice(0, 10);
  }
  const names = {};
  function name(day, parts) {
    const key = Object.keys(parts).join();
    names[key] ??= new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...parts });
    return names[key].format(new Date(day * DAY));
  }

  const dated = events.filter((event) => event.item.dataset.start || event.item.dataset.end);
  for (const event of dated) {
    const { start, end, shape } = event.item.dataset;
    event.first = number(start || end);
    event.last = number(end || start) + 1; // the moment the day is over
    event.long = event.last - event.first > 1 || !start || !end;
    event.fills = shape === "over";
    event.at = event.fills ? event.first : (event.first + event.last) / 2;
    event.title = event.item.querySelector(".anchor").textContent;
    event.date = event.item.querySelector(".date").textContent.trim();
  }
  const first = Math.min(...dated.map((event) => event.first));
  const last = Math.max(...dated.map((event) => event.last));
  const room = Math.max((last - first) * 0.04, 2);
  const all = [first - room, last + room];
  let [from, to] = all;
  let shown = dated;
  let spots = [];

  // -- scale --------------------------------------------------------------------------------

  const width = () => stage.clientWidth || 600;
  const place = (day) => ((day - from) / (to - from)) * width();
  const dayAt = (x) => from + (x / width()) * (to - from);

  function look(a, b) {
    const span = Math.min(Math.max(b - a, MIN), all[1] - all[0]);
    const start = Math.min(Math.max(a, all[0]), all[1] - span);
    [from, to] = [start, start + span];
    hide();
    draw();
  }
  function zoom(factor, x = width() / 2) {
    const day = dayAt(x);
    const span = Math.min(Math.max((to - from) * factor, MIN), all[1] - all[0]);
    const share = x / width();
    look(day - span * share, day + span * (1 - share));
  }
  const pan = (share) => look(from + share * (to - from), to + share * (to - from));

  // Steps between ticks: days, months or years, with how a tick is written.
  const STEPS = [
    [1, "d"], [2, "d"], [7, "d"], [14, "d"], [1, "m"], [2, "m"], [3, "m"], [6, "m"],
    ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].map((years) => [years, "y"]),
  ];
  function ticks() {
    const days = { d: 1, m: 30.4, y: 365.25 };
    const [step, unit] =
      STEPS.find(([many, of]) => (many * days[of] * width()) / (to - from) >= 74) ?? STEPS.at(-1);
    const found = [];
    if (unit === "d") {
      for (let day = Math.ceil(from / step) * step; day < to; day += step) {
        found.push([day, name(day, { day: "numeric", month: "short" }), name(day, { year: "numeric" })]);
      }
      return found;
    }
    const moment = new Date(from * DAY);
    const many = unit === "m" ? step : step * 12;
    let month = Math.floor((moment.getUTCFullYear() * 12 + moment.getUTCMonth()) / many) * many;
    for (; ; month += many) {
      const day = new Date(0).setUTCFullYear(Math.floor(month / 12), month % 12, 1) / DAY;
      if (day >= to) return found;
      const year = name(day, { year: "numeric" });
      if (day >= from) found.push(unit === "m" ? [day, name(day, { month: "short" }), year] : [day, year, ""]);
    }
  }

  // -- drawing ------------------------------------------------------------------------------

  function put(tag, attributes, parent = svg, text = "") {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    parent.append(element);
    return element;
  }

  function draw(wanted) {
    if (wanted) shown = dated.filter((event) => wanted.has(event.item));
    const focused = spots.findIndex(({ mark }) => mark === document.activeElement);
    const kept = spots[focused]?.events[0];
    rows = width() < SMALL ? 3 : 4;
    axis = rows * ROW + 16;
    svg.replaceChildren();
    put("rect", { class: "ground", x: 0, y: axis + 12, width: width(), height: 30 });
    let year = "";
    for (const [day, text, more] of ticks()) {
      const x = place(day);
      put("line", { class: "tick", x1: x, x2: x, y1: axis + 12, y2: axis + 20 });
      if (x > width() - 34) continue;
      put("text", { class: "when", x: x + 3, y: axis + 26 }, svg, text);
      if (more && more !== year) put("text", { class: "year", x: x + 3, y: axis + 38 }, svg, (year = more));
    }
    const height = axis + (bars() ? 82 : 66);
    svg.setAttribute("viewBox", `0 0 ${width()} ${height}`);
    svg.setAttribute("height", height);
    spots = gather();
    labels();
    for (const spot of spots) mark(spot);
    if (kept) spots.find((spot) => spot.events.includes(kept))?.mark.focus({ preventScroll: true });
  }

  // Days an event fills, or among which it lies: bars below the band, in three rows at most. How many
  // have no room there is said under them, and returned.
  function bars() {
    const ends = [];
    let leftOut = 0;
    for (const event of shown.filter(({ long, last, first }) => long && last > from && first < to)) {
      const [left, right] = [Math.max(place(event.first), -4), Math.min(place(event.last), width() + 4)];
      let row = ends.findIndex((end) => end < left);
      if (row < 0) row = ends.length;
      if (row > 2) {
        leftOut += 1;
        continue;
      }
      ends[row] = right + 2;
      put("rect", {
        class: event.fills ? "bar" : "bar doubtful",
        x: left, y: axis + 46 + row * 6, width: Math.max(right - left, 3), height: 4, rx: 2,
      });
    }
    if (leftOut) put("text", { class: "when", x: 3, y: axis + 76 }, svg, `+${leftOut} at the same time`);
    return leftOut;
  }

  // Events whose markers would touch share one.
  function gather() {
    const found = [];
    const seen = shown.filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
    for (const event of seen) {
      const x = place(event.at);
      const spot = found.at(-1);
      if (spot && x - spot.right < NEAR && x - spot.left < WIDE) {
        spot.events.push(event);
        spot.right = x;
        spot.x = (spot.left + x) / 2;
      } else found.push({ events: [event], x, left: x, right: x });
    }
    return found;
  }

  // The most telling events get a label, in the nearest row where it touches no other label and no
  // leader, and where its own leader touches no label.
  function labels() {
    pen.font = "12px " + getComputedStyle(svg).fontFamily;
    const size = width() < SMALL ? 120 : 240;
    const taken = [];
    const order = spots
      .flatMap((spot) => spot.events.map((event) => ({ spot, event })))
      .sort((a, b) => b.event.item.dataset.weight - a.event.item.dataset.weight);
    const done = new Set();
    for (const { spot, event } of order) {
      if (done.has(spot)) continue;
      done.add(spot);
      const others = spot.events.length > 1 ? ` +${spot.events.length - 1}` : "";
      const text = shorten(event.title, size) + others;
      const long = pen.measureText(text).width + 8;
      const flip = spot.x + long > width();
      const [left, right] = flip ? [spot.x - long, spot.x] : [spot.x, spot.x + long];
      if (left < 0) continue;
      const free = (row) =>
        taken.every(
          (other) =>
            (other.row !== row || right + 6 < other.left || left - 6 > other.right) &&
            (other.row <= row || other.x + 3 < left || other.x - 3 > right) &&
            (other.row >= row || spot.x + 3 < other.left || spot.x - 3 > other.right),
        );
      const row = [...Array(rows).keys()].find(free);
      if (row === undefined) continue;
      taken.push({ row, left, right, x: spot.x });
      const y = axis - 16 - row * ROW;
      put("line", { class: "leader", x1: spot.x, x2: spot.x, y1: y - 10, y2: axis });
      put("text", { class: "label", x: flip ? spot.x - 5 : spot.x + 5, y, "text-anchor": flip ? "end" : "start" }, svg, text);
    }
  }

  function shorten(text, size) {
    if (pen.measureText(text).width <= size) return text;
    const chars = [...text];
    while (chars.length && pen.measureText(chars.join("") + "…").width > size) chars.pop();
    return chars.join("").trimEnd() + "…";
  }

  function mark(spot) {
    const [event] = spot.events;
    const many = spot.events.length;
    const what = many > 1 ? `${many} events: ${spot.events.map(({ title }) => title).join("; ")}` : event.title;
    const status = many === 1 && event.status !== "occurred" ? ` (${event.status})` : "";
    const link = put("a", { href: `#${event.item.id}`, tabindex: -1, class: "mark", "aria-label": `${event.date}: ${what}${status}` });
    put("circle", { class: "target", cx: spot.x, cy: axis, r: 14 }, link);
    if (many > 1) {
      put("circle", { class: "many", cx: spot.x, cy: axis, r: 10 }, link);
      put("text", { class: "count", x: spot.x, y: axis + 4, "text-anchor": "middle" }, link, many);
    } else {
      put("use", { href: `#shape-${event.status}`, x: spot.x - 12, y: axis - 12, width: 24, height: 24, class: "shape" }, link);
    }
    spot.mark = link;
    link.addEventListener("pointerenter", (move) => move.pointerType === "mouse" && open(spot));
    link.addEventListener("focus", () => open(spot));
    link.addEventListener("click", (click) => {
      click.preventDefault();
      const touch = click.pointerType === "touch";
      if (many > 1 && spot.right - spot.left > 1) {
        const days = Math.max(dayAt(spot.right) - dayAt(spot.left), MIN / 2);
        look(dayAt(spot.left) - days / 2, dayAt(spot.right) + days / 2);
      } else if (many > 1 || (touch && peek.dataset.for !== event.item.id)) open(spot);
      else visit(event.item.id);
    });
  }

  // -- a closer look at one marker ------------------------------------------------------------

  let leaving;
  function open(spot) {
    clearTimeout(leaving);
    peek.replaceChildren();
    peek.dataset.for = spot.events[0].item.id;
    for (const event of spot.events.slice(0, 6)) {
      const part = document.createElement("div");
      const date = document.createElement("p");
      date.className = "peek-date";
      date.textContent = event.date + (event.status === "occurred" ? "" : ` · ${event.status}`);
      const link = document.createElement("a");
      link.href = `#${event.item.id}`;
      link.textContent = event.title;
      link.addEventListener("click", (click) => {
        click.preventDefault();
        visit(event.item.id);
      });
      part.append(date, link);
      if (spot.events.length === 1) {
        const quote = event.item.querySelector("blockquote").cloneNode(true);
        part.append(quote);
      }
      peek.append(part);
    }
    if (spot.events.length > 6) {
      const rest = document.createElement("p");
      rest.textContent = `and ${spot.events.length - 6} more: zoom in`;
      peek.append(rest);
    }
    peek.hidden = false;
    const wide = peek.offsetWidth;
    peek.style.left = `${Math.min(Math.max(spot.x - wide / 2, 0), Math.max(width() - wide, 0))}px`;
    peek.style.top = `${axis + 18}px`;
  }
  function hide() {
    clearTimeout(leaving);
    peek.hidden = true;
    delete peek.dataset.for;
  }
  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (!peek.matches(":hover, :focus-within") && !svg.contains(document.activeElement)) hide();
    }, 300);
  }
  stage.addEventListener("pointerleave", leave);
  svg.addEventListener("pointerout", leave);
  stage.addEventListener("focusout", leave);
  document.addEventListener("pointerdown", (press) => {
    if (!stage.contains(press.target)) hide();
  });

  // -- hands ----------------------------------------------------------------------------------

  const hands = new Map();
  let moved = false;
  svg.addEventListener("pointerdown", (press) => {
    hands.set(press.pointerId, press.offsetX);
    moved = false;
  });
  svg.addEventListener("pointermove", (move) => {
    if (!move.buttons) hands.delete(move.pointerId); // let go where the band did not see it
    if (!hands.has(move.pointerId)) return;
    const before = hands.get(move.pointerId);
    if (hands.size === 1) {
      if (!moved && Math.abs(move.offsetX - before) < 4) return;
      if (!moved) svg.setPointerCapture(move.pointerId);
      moved = true;
      pan((before - move.offsetX) / width());
      hands.set(move.pointerId, move.offsetX);
    } else {
      const other = [...hands].find(([id]) => id !== move.pointerId)[1];
      const [old, now] = [Math.abs(before - other), Math.abs(move.offsetX - other)];
      hands.set(move.pointerId, move.offsetX);
      moved = true;
      if (old > 8 && now > 8) zoom(old / now, (move.offsetX + other) / 2);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    svg.addEventListener(end, (press) => hands.delete(press.pointerId));
  }
  // The click that ends a drag is none; what a key clicks has no detail.
  svg.addEventListener(
    "click",
    (click) => {
      if (moved && click.detail) {
        click.stopPropagation();
        click.preventDefault();
      }
      moved = false;
    },
    true,
  );
  svg.addEventListener("dblclick", (click) => zoom(0.5, click.offsetX));
  svg.addEventListener(
    "wheel",
    (wheel) => {
      if (wheel.ctrlKey || wheel.metaKey) zoom(Math.exp(wheel.deltaY / 200), wheel.offsetX);
      else if (Math.abs(wheel.deltaX) > Math.abs(wheel.deltaY)) pan(wheel.deltaX / width());
      else return; // the page scrolls
      wheel.preventDefault();
    },
    { passive: false },
  );
  stage.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.metaKey || press.altKey) return;
    const at = spots.findIndex(({ mark }) => mark === document.activeElement);
    const by = { ArrowRight: 1, ArrowLeft: -1 }[press.key];
    if (by && press.shiftKey) pan(by * 0.2);
    else if (by) spots[at < 0 ? (by > 0 ? 0 : spots.length - 1) : at + by]?.mark.focus();
    else if (press.key === "+" || press.key === "=") zoom(0.6, spots[at]?.x);
    else if (press.key === "-") zoom(1 / 0.6, spots[at]?.x);
    else if (press.key === "0" || press.key === "Home") look(...all);
    else if (press.key === "Escape") hide();
    else return;
    press.preventDefault();
    press.stopPropagation();
  });
  root.querySelector(".nearer").addEventListener("click", () => zoom(0.6));
  root.querySelector(".farther").addEventListener("click", () => zoom(1 / 0.6));
  root.querySelector(".whole").addEventListener("click", () => look(...all));

  if (!dated.length) return { draw() {}, range: () => ["", ""] };
  root.hidden = false;
  new ResizeObserver(() => draw()).observe(stage);
  return { draw, range: () => [iso(Math.max(Math.ceil(from), first)), iso(Math.min(Math.floor(to), last - 1))] };
}
