/**
 * The environment of a thread of ours that needs nothing of it but where compiled sources are kept. Without that a
 * thread reads the types out of its sources anew, which costs more than all the rest of its start.
 */
export function compiledOnly(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { NODE_COMPILE_CACHE } = env
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
}
