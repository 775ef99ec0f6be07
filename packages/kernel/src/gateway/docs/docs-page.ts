import { isArray, isJsonObject, type Json, type JsonObject } from "@nexus/protocol"

/**
 * The API's description as a page: everything the OpenAPI document says, written once on the server. A script only
 * searches and tries; the page reads the same without it, and nothing of it comes from elsewhere.
 */
export function docsPage(document: JsonObject): string {
  const components = objectOf(document.components)
  const operations = Object.entries(objectOf(document.paths)).flatMap(([path, methods]) =>
    Object.entries(objectOf(methods)).map(([method, operation]) => ({ path, method, operation: objectOf(operation) })),
  )
  const tags = [...new Set(operations.map(({ operation }) => String(listOf(operation.tags)[0])))]
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => listOf(operation.tags)[0] === tag)
    return `<section><h2 id="${escaped(tag)}">${escaped(tag)}</h2>${own.map((one) => entry(one, components)).join("")}</section>`
  })
  const schemas = Object.entries(objectOf(components.schemas)).map(
    ([name, schema]) =>
      `<details id="${escaped(name)}" data-words="${escaped(name.toLowerCase())}"><summary><code>${escaped(name)}</code></summary><div>${json(schema)}</div></details>`,
  )
  const { title, version } = objectOf(document.info)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(String(title))} API</title>
<link rel="icon" href="/nexus.svg" type="image/svg+xml">
<link rel="stylesheet" href="/api/docs/docs.css">
<script type="module" src="/api/docs/docs.js"></script>
</head>
<body>
<header>
<h1>${escaped(String(title))} API</h1>
<p>Version ${escaped(String(version))} · <a href="/openapi.json">OpenAPI 3.1</a> · ${operations.length} calls, tried as whoever is signed in in this browser</p>
<input type="search" aria-label="Search the calls" placeholder="Search the calls">
</header>
<main>${sections.join("")}<section><h2>schemas</h2>${schemas.join("")}</section></main>
</body>
</html>
`
}

interface Operation {
  readonly path: string
  readonly method: string
  readonly operation: JsonObject
}

function entry({ path, method, operation }: Operation, components: JsonObject): string {
  const name = String(operation.operationId)
  const words = escaped([name, path, method, operation.summary, ...listOf(operation.tags)].join(" ").toLowerCase())
  const parameters = listOf(operation.parameters).map((one) => resolved(objectOf(one), components))
  const content = objectOf(objectOf(operation.requestBody).content)
  const body = objectOf(content["application/json"])
  const rows = parameters.map((one) => {
    const need = one.required === true ? "needed" : "may be left out"
    return `<tr><td><code>${escaped(String(one.name))}</code></td><td>${escaped(String(one.in))}, ${need}</td><td>${escaped(String(one.description ?? ""))} <code>${escaped(shortOf(one.schema))}</code></td></tr>`
  })
  const answers = Object.entries(objectOf(operation.responses)).map(([status, response]) => {
    const { description, content: told } = resolved(objectOf(response), components)
    const schema = status < "300" ? objectOf(Object.values(objectOf(told))[0]).schema : undefined
    return `<tr><td><code>${escaped(status)}</code></td><td>${escaped(String(description))}${schema === undefined ? "" : json(schema)}</td></tr>`
  })
  const fields = parameters
    .filter((one) => one.in !== "header")
    .map((one) => {
      const title = escaped(String(one.name))
      return `<p><label>${title} <input name="${title}" data-in="${escaped(String(one.in))}"></label></p>`
    })
  const text =
    body.example === undefined
      ? ""
      : `<textarea aria-label="Body">${escaped(JSON.stringify(body.example, null, 2))}</textarea>`
  const form = content["application/octet-stream"]
    ? ""
    : `<h3>Try it</h3><form data-method="${escaped(method)}" data-path="${escaped(path)}">${fields.join("")}${text}<p><button>Send</button></p><output><pre></pre></output></form>`
  return `<details id="${escaped(name)}" data-words="${words}">
<summary><b class="method">${escaped(method)}</b><code>${escaped(path)}</code><span>${escaped(String(operation.summary))}</span></summary>
<div><p>${escaped(String(operation.description))} <code>${escaped(name)}</code></p>
${rows.length > 0 ? `<h3>Takes</h3><table>${rows.join("")}</table>` : ""}
${body.schema === undefined ? "" : `<h3>Body</h3>${json(body.schema)}`}
<h3>Answers</h3><table>${answers.join("")}</table>
${form}</div></details>`
}

function resolved(value: JsonObject, components: JsonObject): JsonObject {
  const [, kind = "", name = ""] = /^#\/components\/(\w+)\/(\w+)$/.exec(String(value.$ref ?? "")) ?? []
  return kind === "" ? value : objectOf(objectOf(components[kind])[name])
}

function shortOf(schema: Json | undefined): string {
  const { type, pattern, enum: values, minimum, maximum } = objectOf(schema)
  if (isArray(values)) return values.join(" | ")
  const range = maximum === undefined ? "" : ` ${String(minimum ?? "")}–${String(maximum)}`
  return `${String(type ?? "any")}${range}${typeof pattern === "string" ? ` ${pattern}` : ""}`
}

function json(value: Json | undefined): string {
  return `<pre>${escaped(JSON.stringify(value ?? null, null, 2))}</pre>`
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isArray(value) ? value : []
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
}
