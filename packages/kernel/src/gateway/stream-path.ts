/** Where a kernel takes the lines of its clients. */
export const STREAM_PATH = "/panels/stream"
