// Search, and trying a call as whoever is signed in in this browser. Without this script the page still says everything.
const search = document.querySelector("input[type=search]")
const entries = [...document.querySelectorAll("details")]

search?.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
  for (const entry of entries) entry.hidden = !words.every((word) => entry.dataset.words?.includes(word))
  for (const section of document.querySelectorAll("section")) {
    section.hidden = [...section.querySelectorAll("details")].every((entry) => entry.hidden)
  }
})

/** The refresh cookie is traded once; the access token stays in this page's memory. */
let token
function accessToken() {
  token ??= fetch("/api/v1/auth/refresh", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .then((signedIn) => signedIn?.accessToken)
  return token
}

document.addEventListener("submit", async (event) => {
  event.preventDefault()
  const form = event.target
  const { method, path } = form.dataset
  const output = form.querySelector("output pre")
  output.textContent = "…"
  let address = path
  const query = new URLSearchParams()
  for (const { name, value, dataset } of form.querySelectorAll("input")) {
    if (dataset.in === "path") address = address.replace(`{${name}}`, encodeURIComponent(value))
    else if (value !== "") query.set(name, value)
  }
  const body = form.querySelector("textarea")?.value
  const known = await accessToken()
  try {
    const answer = await fetch(`${address}${query.size > 0 ? `?${query}` : ""}`, {
      method: method.toUpperCase(),
      headers: {
        ...(known ? { authorization: `Bearer ${known}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get("content-type")?.includes("json")
    const shown = isJson && text !== "" ? JSON.stringify(JSON.parse(text), null, 2) : text
    output.textContent = `${answer.status} ${answer.statusText}\n${shown}`
  } catch (error) {
    output.textContent = `The kernel was not reached: ${error.message}. Is it running?`
  }
})
