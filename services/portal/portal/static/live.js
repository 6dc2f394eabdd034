// Brings an open page up to date when somebody else changed what it shows. Every page is whole without it.
"use strict";
(() => {
  const main = document.querySelector("[data-follows]");
  if (!main) return;
  const SOONEST = 200, LATEST = 3000, CALM = 5000, DEAF = 15000, SELDOM = 30000, ANEW = 30000;
  const HIDDEN = "input[name=form_token], input[name=request_key]";
  const parts = (root) => new Map([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  const text = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll(HIDDEN).forEach((field) => field.remove());
    return copy.innerHTML;
  };
  const shown = new Map([...parts(document)].map(([name, part]) => [name, text(part)]));
  const status = document.getElementById("live-status");
  const stale = document.getElementById("live-stale");
  let stream, timer, anew, lookedAt = 0, gap = SOONEST, saidAt = 0, busy = false, again = false, hearing = false;

  // What somebody types or has changed is theirs: such a part stays, and the page says that it is out of date.
  const changed = (field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
      : field.tagName === "SELECT" ? [...field.options].some((one) => one.selected !== one.defaultSelected && field.selectedIndex > 0)
        : field.type !== "hidden" && field.value !== field.defaultValue;
  const inUse = (part) =>
    (part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) ||
    [...part.querySelectorAll("input, select, textarea")].some(changed);

  const wayTo = (element, part) => {
    if (!part.contains(element)) return "";
    if (element.id) return `#${CSS.escape(element.id)}`;
    const href = element.getAttribute("href");
    return href ? `a[href="${CSS.escape(href)}"]` : "summary, button";
  };
  const put = (old, fresh) => {
    const focus = wayTo(document.activeElement, old);
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    old.replaceWith(fresh);
    fresh.querySelectorAll("details").forEach((one, place) => { one.open = open[place] ?? one.open; });
    if (focus) (fresh.querySelector(focus) ?? document.getElementById("main-content")).focus({ preventScroll: true });
  };
  const say = () => {
    if (Date.now() - saidAt < SELDOM) return;
    saidAt = Date.now();
    status.textContent = status.dataset.words;
    setTimeout(() => { status.textContent = ""; }, 5000);
  };

  const look = async () => {
    const answer = await fetch(location.pathname + location.search, { headers: { "X-Background": "1" }, redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = parts(document);
    let put_in = false;
    for (const [name, fresh] of parts(page)) {
      const part = old.get(name), now = text(fresh);
      if (!part || now === shown.get(name)) continue;
      if (inUse(part)) { stale.hidden = false; continue; }
      put(part, document.adoptNode(fresh));
      shown.set(name, now);
      put_in = true;
    }
    if (put_in) say();
  };
  const lookSoon = () => {
    if (document.hidden) { again = true; return; }
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    // The first news are looked at once, many in a row ever more seldom.
    gap = Date.now() - lookedAt > CALM ? SOONEST : Math.min(LATEST, gap * 1.5);
    setTimeout(async () => {
      lookedAt = Date.now();
      try { await look(); } catch { /* the next look comes by itself */ }
      busy = false;
      if (again) lookSoon();
    }, Math.max(0, lookedAt + gap - Date.now()));
  };

  const poll = () => {
    clearInterval(timer);
    timer = hearing ? undefined : setInterval(lookSoon, DEAF);
  };
  const listen = () => {
    let begun = false;
    stream = new EventSource(main.dataset.follows);
    stream.addEventListener("changed", lookSoon);
    for (const word of ["hearing", "deaf"]) {
      stream.addEventListener(word, () => {
        if (begun) lookSoon(); // something may have been missed
        begun = true;
        hearing = word === "hearing";
        poll();
      });
    }
    stream.addEventListener("error", (event) => {
      hearing = false;
      poll();
      if (event.target.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
      clearTimeout(anew);
      anew = setTimeout(() => { if (!document.hidden) listen(); }, ANEW * (1 + Math.random()));
    });
  };
  const rest = () => { stream?.close(); stream = undefined; clearInterval(timer); clearTimeout(anew); };
  // A page nobody sees asks nothing; browsers keep few connections to one place.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { rest(); again = true; return; }
    listen();
    lookSoon();
  });
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { listen(); lookSoon(); } });
  poll();
  if (!document.hidden) listen();
})();
