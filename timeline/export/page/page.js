(() => {
  "use strict";
  // Everything here is an addition: without it the page is a plain list with all quotes open.
  const all = (query, inside = document) => [...inside.querySelectorAll(query)];
  const form = document.querySelector(".filters");
  const search = document.getElementById("search");
  const who = document.getElementById("who");
  const source = document.getElementById("source");
  const since = document.getElementById("since");
  const until = document.getElementById("until");
  const unfold = form.querySelector(".unfold");
  const keys = form.querySelector(".keys");
  let listening = true; // to keys that are no more than a letter
  const events = all(".event").map((item) => ({
    item,
    status: item.dataset.status,
    sources: item.dataset.sources.split(" "),
    who: item.dataset.who.split("\n"),
    text: plain(item.textContent),
    details: item.querySelector("details"),
  }));

  // Letters without their accents and in one case, so that "Besançon" is found by "besancon".
  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function filter() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const statuses = all("[name=status]:checked", form).map((box) => box.value);
    let left = 0;
    for (const event of events) {
      const wanted =
        (!statuses.length || statuses.includes(event.status)) &&
        (!who?.value || event.who.includes(who.value)) &&
        (!source?.value || event.sources.includes(source.value)) &&
        within(event.item.dataset) &&
        words.every((word) => event.text.includes(word));
      event.item.hidden = !wanted;
      left += wanted;
    }
    band.draw(new Set(events.filter(({ item }) => !item.hidden).map(({ item }) => item)));
    for (const chapter of all(".chapter")) chapter.hidden = !chapter.querySelector(".event:not([hidden])");
    document.querySelector(".nothing").hidden = left > 0 || !events.length;
    form.querySelector("output").textContent =
      left === events.length ? `All ${left} events` : `${left} of ${events.length} events`;
    form.querySelector("[type=reset]").hidden = left === events.length;
  }

  // ISO dates with four digits of year are in order as text. What has no date is on no day.
  function within({ start, end }) {
    if (!since?.value && !until?.value) return true;
    if (!start && !end) return false;
    return (!until.value || (start || end) <= until.value) && (!since.value || (end || start) >= since.value);
  }

  function fold(open) {
    for (const { details } of events) details.open = open;
    unfold.setAttribute("aria-pressed", open);
    unfold.textContent = open ? "Close all quotes" : "Open all quotes";
  }

  // A link to an event shows it, whatever the filters say.
  function visit() {
    const found = events.find(({ item }) => `#${item.id}` === location.hash);
    if (!found) return;
    if (found.item.hidden) form.reset();
    filter();
    found.details.open = true;
    found.item.scrollIntoView();
    found.item.focus({ preventScroll: true });
  }

  function step(by) {
    const shown = events.map(({ item }) => item).filter((item) => !item.hidden);
    const at = shown.indexOf(document.activeElement?.closest(".event"));
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  for (const kind of ["input", "change"]) form.addEventListener(kind, filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  unfold.addEventListener("click", () => fold(unfold.getAttribute("aria-pressed") !== "true"));
  keys.addEventListener("click", () => {
    listening = !listening;
    keys.textContent = `Turn ${listening ? "off" : "on"} the keys j, k and /`;
  });
  addEventListener("hashchange", visit);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key === "Escape" && event.target === search) {
      search.value = "";
      filter();
      search.blur();
    } else if (typing || !listening) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    }
  });

  // Paper shows every quote.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = events.filter(({ details }) => !details.open);
    for (const { details } of folded) details.open = true;
    if (picture && !picture.open) {
      folded.push({ details: picture });
      picture.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const { details } of folded) details.open = false;
  });

  // What the picture draws of an event leads to it: `picture-` or `picture-count-`, the event, what it is.
  const known = new Set(events.map(({ item }) => item.id));
  for (const part of all('figure [id^="picture-"]')) {
    let id = part.id.replace(/^picture-(count-)?/, "");
    while (id && !known.has(id)) id = id.slice(0, Math.max(id.lastIndexOf("-"), 0));
    if (!id) continue;
    part.style.cursor = "pointer";
    part.addEventListener("click", () => go(id));
  }

  function go(id) {
    if (location.hash === `#${id}`) visit();
    else location.hash = id;
  }

  const band = timeBand(document.querySelector(".band"), events, go);
  document.querySelector(".these").addEventListener("click", () => {
    [since.value, until.value] = band.range();
    filter();
  });

  // With the band to look at, the picture can wait until it is asked for, or printed.
  const picture = document.querySelector(".picture");
  if (picture) picture.open = false;

  form.hidden = false;
  fold(false);
  filter();
  visit();
})();
