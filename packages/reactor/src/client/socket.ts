import { type ClientMessage, decodeServerMessage, encodeMessage, type ServerMessage } from "@nexus/protocol"

/** One open line to the kernel; messages in order, until `onClose` is told once. */
export interface Socket {
  send(message: ClientMessage): void
  close(): void
}

export interface SocketEvents {
  onOpen(): void
  onMessage(message: ServerMessage): void
  /** The line is gone; nothing follows. `reason` is for people. */
  onClose(reason: string): void
}

/** Opens a line to `url`; what happens on it is told to `events`. */
export type SocketFactory = (url: string, events: SocketEvents) => Socket

/** A line over the platform's WebSocket, MessagePack frames both ways. A frame that does not parse closes the line. */
export const openWebSocket: SocketFactory = (url, events) => {
  const socket = new WebSocket(url)
  socket.binaryType = "arraybuffer"
  let closed = false
  const finish = (reason: string) => {
    if (closed) return
    closed = true
    events.onClose(reason)
  }
  socket.addEventListener("open", () => events.onOpen())
  socket.addEventListener("close", (event) => finish(event.reason || `the connection closed (${event.code})`))
  socket.addEventListener("error", () => finish("the kernel cannot be reached"))
  socket.addEventListener("message", (event) => {
    if (closed) return
    const message = read(event.data)
    if (message) events.onMessage(message)
  })
  const read = (data: unknown): ServerMessage | undefined => {
    try {
      if (!(data instanceof ArrayBuffer)) throw new Error("the kernel sent a text frame")
      return decodeServerMessage(new Uint8Array(data))
    } catch (error) {
      socket.close()
      finish(error instanceof Error ? error.message : "a frame could not be read")
      return undefined
    }
  }
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message) as Uint8Array<ArrayBuffer>)
    },
    close() {
      socket.close()
      finish("closed here")
    },
  }
}
