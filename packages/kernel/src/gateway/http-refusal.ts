import { type Failure, NexusError } from "@nexus/protocol"

/**
 * A "no" that HTTP has a status of its own for: a method or a media type that is not taken, a precondition that does
 * not hold. The failure stays one of the protocol's; status and headers are HTTP's way to say it.
 */
export class HttpRefusal extends NexusError {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, failure: Failure, headers: Readonly<Record<string, string>> = {}) {
    super(failure)
    this.status = status
    this.headers = headers
  }
}
