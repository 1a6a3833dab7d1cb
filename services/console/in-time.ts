import type { EngineIo } from '../../shared/engine/io.ts'

/** Who waits longer than so is shown a page without what is still being read, ms: a function has ten seconds. */
const PATIENCE_MS = 4_000

/** What is being read; undefined when it takes too long: whoever asks again then finds it. Rejects when it does in time. */
export async function inTime<V>(
  reading: Promise<V>,
  { io }: { io(): Pick<EngineIo, 'log'> },
  patienceMs = PATIENCE_MS,
): Promise<V | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), patienceMs)
  })
  reading.catch((error: unknown) => io().log({ level: 'warn', event: 'console reads', error: String(error) }))
  return Promise.race([reading, late]).finally(() => clearTimeout(timer))
}
