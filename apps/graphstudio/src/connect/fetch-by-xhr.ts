import { type Fetch, NexusError } from "@nexus/protocol"
import { say } from "../words/say.ts"

/** A request by XMLHttpRequest, which says how much of a body was sent, as `fetch` does not: `onProgress` hears the share. */
export function fetchByXhr(onProgress: (share: number) => void): Fetch {
  return (address, { method = "GET", headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      const stop = () => request.abort()
      const over = () => signal?.removeEventListener("abort", stop)
      request.open(method, address)
      for (const [name, value] of new Headers(headers)) request.setRequestHeader(name, value)
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
      request.onload = () => {
        over()
        const told = new Headers()
        for (const name of ["content-type", "etag", "retry-after"]) {
          const value = request.getResponseHeader(name)
          if (value !== null) told.set(name, value)
        }
        resolve(new Response(request.responseText, { status: request.status, headers: told }))
      }
      request.onerror = () => {
        over()
        const detail = say("the line broke. Check the connection, then choose the file again.")
        reject(new NexusError({ code: "unavailable", what: "The kernel", detail }))
      }
      request.onabort = () => {
        over()
        reject(new DOMException(say("It was stopped."), "AbortError"))
      }
      signal?.addEventListener("abort", stop)
      if (signal?.aborted) stop()
      else request.send(body instanceof Blob ? body : null)
    })
}
