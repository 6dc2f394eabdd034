// Does the work that sign-in asks for after failures; a person does nothing, and may type meanwhile.
"use strict";
(() => {
  const field = document.querySelector("[data-task]");
  if (!field || !window.crypto || !crypto.subtle) return;
  const { form } = field, told = form.querySelector("[data-busy]");
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const derive = async (task, counter) => {
    const nonce = bytes(task.nonce), password = new Uint8Array(nonce.length + 4);
    password.set(nonce);
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(task.salt), iterations: task.cost };
    return hex(await crypto.subtle.deriveBits(how, key, task.keyLength * 8));
  };

  const work = async () => {
    const challenge = JSON.parse(field.dataset.task);
    for (let counter = 0; ; counter += 1) {
      const derivedKey = await derive(challenge.parameters, counter);
      if (derivedKey.startsWith(challenge.parameters.keyPrefix)) {
        return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
      }
    }
  };

  told.textContent = told.dataset.busy;
  const working = work().then((done) => {
    field.value = done;
    told.textContent = told.dataset.done;
  });
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    event.stopPropagation();
    working.then(() => form.requestSubmit());
  });
})();
