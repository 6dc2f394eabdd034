// Keys for the officers' lists and dossiers. They rest while somebody types or a dialog is open, and can be switched off for good.
"use strict";
(() => {
  const dialog = document.getElementById("keys-dialog");
  const opener = document.getElementById("keys-open");
  const choice = document.getElementById("keys-on");
  const OFF = "motcua-keys-off";
  const store = (work) => { try { return work(window.localStorage); } catch { return null; } };
  const rows = () => [...document.querySelectorAll("[data-rows] th a")]; // asked anew: the list may have moved on

  const move = (step) => {
    const all = rows(), here = all.indexOf(document.activeElement);
    const left = location.hash.slice(1), kept = left ? all.findIndex((link) => link.closest("tr").id === left) : -1;
    const next = here < 0 ? Math.max(0, kept) : Math.min(all.length - 1, Math.max(0, here + step));
    all[next]?.focus();
    all[next]?.closest("tr").scrollIntoView({ block: "nearest" });
  };
  const search = () => {
    const field = document.querySelector("[role=search] input:not([type=hidden])");
    field?.focus();
    field?.select();
  };
  // What a key presses says so itself; only what asks again before anything is done may bear one.
  const named = (key) => /^[a-z]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
  const keys = { j: () => move(1), k: () => move(-1), "/": search, "?": () => dialog.showModal() };
  const onRow = { ArrowDown: () => move(1), ArrowUp: () => move(-1) };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!choice.checked || event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
    const act = keys[event.key.toLowerCase()] ?? (rows().includes(event.target) ? onRow[event.key] : undefined)
      ?? (named(event.key.toLowerCase()) ? () => named(event.key.toLowerCase()).click() : undefined);
    if (!act || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });

  choice.checked = store((kept) => kept.getItem(OFF)) !== "1";
  choice.addEventListener("change", () => store((kept) => (choice.checked ? kept.removeItem(OFF) : kept.setItem(OFF, "1"))));
  opener.addEventListener("click", () => dialog.showModal());
  opener.hidden = false;
})();
