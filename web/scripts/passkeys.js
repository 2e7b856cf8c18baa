// Passkeys: asks the device for a credential and posts it with its form (`data-passkey`).
//   login    the question comes from the form's own address
//   confirm  the question stands in the page (#passkey-data)
//   create   a new passkey is made, its options stand in the page
// The forms are hidden until we know that this browser has passkeys.

const bytes = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64.padEnd(Math.ceil(base64.length / 4) * 4, "=")), (char) => char.charCodeAt(0));
};
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

async function asked(options) {
  const question = options.publicKey;
  const credential = await navigator.credentials.get({
    publicKey: {
      ...question,
      challenge: bytes(question.challenge),
      allowCredentials: known(question.allowCredentials),
    },
  });
  const { response } = credential;
  return {
    ...named(credential),
    response: {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

async function made(options) {
  const order = options.publicKey;
  const credential = await navigator.credentials.create({
    publicKey: {
      ...order,
      challenge: bytes(order.challenge),
      user: { ...order.user, id: bytes(order.user.id) },
      excludeCredentials: known(order.excludeCredentials),
      authenticatorSelection: {
        ...order.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  const { response } = credential;
  return {
    ...named(credential),
    response: {
      attestationObject: text(response.attestationObject),
      clientDataJSON: text(response.clientDataJSON),
      transports: response.getTransports ? response.getTransports() : [],
    },
  };
}

const named = (credential) => ({
  id: credential.id,
  rawId: text(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
});

const inPage = () => JSON.parse(document.getElementById("passkey-data").textContent);

const ceremonies = {
  async login(form) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`passkey question: ${answer.status}`);
    return asked((await answer.json()).request_options);
  },
  confirm: () => asked(inPage().request_options),
  create: () => made(inPage().creation_options),
};

function prepare(form) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ceremonies[form.dataset.passkey](form));
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("form[data-passkey]").forEach(prepare);
