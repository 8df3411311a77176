'use strict'

// Forms that make a passkey or sign in with one: hidden without this script. It asks the authenticator and sends its
// answer in the form's fields, in base64url.
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

const bytes = (text) => new TextEncoder().encode(text)

const create = ({ challenge, blog, author, name, known }) =>
  navigator.credentials.create({
    publicKey: {
      rp: { name: blog },
      user: { id: bytes(author), name, displayName: name },
      challenge: bytes(challenge),
      pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: known.split(' ').filter(Boolean).map((id) => ({ type: 'public-key', id: decode(id) })),
    },
  })

const get = ({ challenge }) =>
  navigator.credentials.get({ publicKey: { challenge: bytes(challenge), userVerification: 'required' } })

const answer = async (form) => {
  const { rawId, response } = await (form.dataset.known === undefined ? get : create)(form.dataset)
  const isNew = response.getPublicKey !== undefined
  const fields = {
    id: rawId,
    client: response.clientDataJSON,
    authenticator: isNew ? response.getAuthenticatorData() : response.authenticatorData,
    key: isNew ? response.getPublicKey() : new ArrayBuffer(0),
    signature: response.signature ?? new ArrayBuffer(0),
    author: response.userHandle ?? new ArrayBuffer(0),
  }
  for (const [name, buffer] of Object.entries(fields)) form.elements[name].value = encode(buffer)
  form.submit()
}

for (const form of document.querySelectorAll('form.passkey')) {
  form.hidden = !window.PublicKeyCredential
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const failed = form.querySelector('.problem')
    failed.hidden = true
    answer(form).catch(() => { failed.hidden = false })
  })
}
