// The little the pages do when JavaScript is on. Every page works without it.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.replace("js-off", "js-on");
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // The error summary gets the focus, and its links lead into the field.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const target = event.target.closest("a") && document.querySelector(event.target.getAttribute("href"));
      if (!target) return;
      event.preventDefault();
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
    });
  }

  // Questions that depend on an answer on the same page.
  const asked = (box) => {
    const [name, wanted] = box.dataset.showWhen.split("=");
    const chosen = all(`[name="${CSS.escape(name)}"]`).filter((i) => !/radio|checkbox/.test(i.type) || i.checked);
    box.hidden = !chosen.some((i) => wanted.split("|").includes(i.value));
  };
  const boxes = all("[data-show-when]");
  if (boxes.length) {
    boxes.forEach(asked);
    document.addEventListener("change", () => boxes.forEach(asked));
  }

  // A form is sent once: a second click within five seconds is the same click.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-extend-form")) return;
    if (form.dataset.sentAt && Date.now() - Number(form.dataset.sentAt) < 5000) event.preventDefault();
    form.dataset.sentAt = Date.now();
  });

  // A choice that loads more of the page, where the button beside it is not needed.
  all("[data-send-on-change]").forEach((field) =>
    field.addEventListener("change", () => field.form.requestSubmit(document.getElementById(field.dataset.sendOnChange))));

  // All rows of a list are ticked, or none; without JavaScript the link asks for the page with all of them ticked.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-tick]");
    if (!link) return;
    event.preventDefault();
    const ticks = all(`input[form="${link.dataset.tick}"]`), on = ticks.some((tick) => !tick.checked);
    ticks.forEach((tick) => { tick.checked = on; });
  });

  // Warn before the session ends, and extend it without leaving the page.
  const dialog = document.getElementById("session-dialog");
  if (dialog) {
    const minutes = Number(dialog.dataset.minutes);
    const warnAfter = Math.max(1, minutes - Math.min(5, Math.ceil(minutes / 3))) * 60000;
    let timer;
    const arm = () => { clearTimeout(timer); timer = setTimeout(() => dialog.open || dialog.showModal(), warnAfter); };
    arm();
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await fetch(dialog.dataset.extend, { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
      if (answer.ok) { dialog.close(); arm(); } else { event.target.submit(); }
    });
    document.addEventListener("htmx:after:request", arm);
    // However much is done, a sign-in ends at its hour: said five minutes before.
    const last = document.getElementById("session-last");
    setTimeout(() => { if (dialog.open) dialog.close(); last.showModal(); }, Math.max(1, Number(last.dataset.seconds) - 300) * 1000);
  }

  // How many letters a text still takes.
  all("[data-most]").forEach((field) => {
    const told = document.getElementById(`${field.id}-most`);
    const tell = () => {
      const left = field.dataset.most - field.value.length;
      told.textContent = (left < 0 ? told.dataset.over : told.dataset.words).replace("{n}", Math.abs(left));
    };
    told.hidden = false; field.addEventListener("input", tell); tell();
  });

  // Files that are too many or too large are told before they are sent, so that no word is lost on the way.
  all("[data-files]").forEach((field) => {
    const told = document.getElementById(`${field.id}-told`), [most, one, together] = field.dataset.files.split(" ").map(Number);
    const fits = () => {
      const files = [...field.files], large = files.find((file) => file.size > one);
      if (large) told.textContent = told.dataset.file.replace("{name}", large.name);
      else if (files.reduce((sum, file) => sum + file.size, 0) > together) told.textContent = told.dataset.together;
      else told.textContent = files.length > most ? told.dataset.count : "";
      told.hidden = !told.textContent;
      return told.hidden;
    };
    field.addEventListener("change", fits);
    field.form.addEventListener("submit", (event) => { if (!fits()) { event.preventDefault(); field.focus(); } });
  });

  all("[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = button.dataset.done; });
  });

  // A machine that many use: what somebody left half typed goes before the next person comes.
  all("[data-idle]").forEach((note) => {
    let timer;
    const arm = () => { clearTimeout(timer); timer = setTimeout(() => location.replace(note.dataset.idle), 120000); };
    ["input", "keydown", "pointerdown", "scroll"].forEach((kind) => document.addEventListener(kind, arm, { passive: true }));
    note.hidden = false; arm();
  });

  all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
})();
