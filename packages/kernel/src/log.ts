import pino, { type DestinationStream, type Logger } from "pino"

/** What lets somebody in, or is kept in hashes only, by the names under which libraries hang it on their errors. */
const SECRET = ["authorization", "cookie", "set-cookie", "password", "token", "accessToken", "refreshToken"]
const DEEP = ["", "*.", "*.*.", "*.*.*."]

/** A log of JSON lines in which headers, tokens and passwords are withheld, up to three levels deep. */
export function createLog(destination: DestinationStream = pino.destination(2)): Logger {
  const paths = DEEP.flatMap((above) => SECRET.map((name) => `${above.replace(/\.$/, "")}["${name}"]`))
  return pino({ level: "warn", redact: { paths, censor: "(withheld)" } }, destination)
}
