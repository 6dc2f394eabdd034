// Makes and shows passkeys: asks this site for a challenge, hands it to the browser, and sends the answer as a form.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (some) => (some || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const making = async (asked) => {
    const user = { ...asked.user, id: bytes(asked.user.id) }, challenge = bytes(asked.challenge);
    const made = await navigator.credentials.create({
      publicKey: { ...asked, user, challenge, excludeCredentials: listed(asked.excludeCredentials) },
    });
    return [made, { attestationObject: text(made.response.attestationObject) }];
  };
  const showing = async (asked) => {
    const challenge = bytes(asked.challenge), allowCredentials = listed(asked.allowCredentials);
    const shown = await navigator.credentials.get({ publicKey: { ...asked, challenge, allowCredentials } });
    const { authenticatorData, signature } = shown.response;
    return [shown, { authenticatorData: text(authenticatorData), signature: text(signature) }];
  };

  const tell = (form, words) => {
    const told = form.querySelector("[role=alert]");
    told.textContent = words;
    told.hidden = !words;
  };
  const perform = async (form) => {
    const { passkey, asks } = form.dataset;
    const body = new URLSearchParams({ form_token: form.elements.form_token.value });
    const answer = await fetch(asks, { method: "POST", body });
    const told = await answer.json();
    if (!answer.ok) return told.leads ? location.assign(told.leads) : tell(form, told.says);
    const [credential, more] = await (passkey === "make" ? making : showing)(told);
    const response = { clientDataJSON: text(credential.response.clientDataJSON), ...more };
    const { id, type } = credential;
    form.elements.credential.value = JSON.stringify({ id, rawId: id, type, response });
    form.submit();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) {
      tell(form, form.dataset.none);
      continue;
    }
    const button = form.querySelector("button");
    button.parentElement.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation(); // it is sent when the browser has answered
      tell(form, "");
      button.disabled = true;
      await perform(form).catch((error) =>
        tell(form, error.name === "InvalidStateError" ? form.dataset.twice
          : error.name === "SecurityError" ? form.dataset.place : form.dataset.failed));
      button.disabled = false;
    });
  }
})();
