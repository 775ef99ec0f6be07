/** The protocol's version; both sides must speak the same. */
export const PROTOCOL_VERSION = 1

/** The largest frame either side accepts, in bytes; larger ones close the socket before they are parsed. */
export const MAX_FRAME_BYTES = 2 * 1024 * 1024
