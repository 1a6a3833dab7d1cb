import type { Readable } from 'node:stream'
import { Fault, fact } from '../run/fault.ts'
import { Gathered } from '../run/gathered.ts'
import type { PhaseClock } from '../run/phase-clock.ts'
import type { Answer } from './exchange.ts'
import type { ResponseHead } from './response-head.ts'

/** A body is read up to here, decoded; what a check is about stands in the first of it. */
const BODY_LIMIT_BYTES = 1_048_576

/** And in so many parts, of 64 bytes each when both are reached: each takes time that other checks wait for. */
const MOST_PARTS = 16_384

export interface HttpResponse extends ResponseHead {
  /** Decoded, at most `BODY_LIMIT_BYTES`; empty if it was not asked for. */
  body: Buffer
  /** The body went on beyond a limit. */
  isCut: boolean
}

/** What to do with a body: keep it as `keep` decodes it, read it only to measure how long it takes, or leave it alone. */
export type BodyUse = { keep: (answer: Answer) => Readable } | 'measure' | 'skip'

/** Reads the rest of an answer. Measures `download`. */
export async function receive(answer: Answer, use: BodyUse, clock: PhaseClock): Promise<HttpResponse> {
  const { status, headers } = answer
  if (use === 'skip') {
    clock.end()
    return { status, headers, body: Buffer.alloc(0), isCut: false }
  }
  clock.begin('download')
  const read = use === 'measure' ? await readBody(answer.body, false) : await readBody(use.keep(answer), true)
  clock.end()
  if (!read.isCut && answer.isBroken?.()) throw new Fault(fact('body-cut-short'))
  return { status, headers, ...read }
}

function readBody(stream: Readable, keep: boolean): Promise<{ body: Buffer; isCut: boolean }> {
  return new Promise((resolve, reject) => {
    const body = new Gathered()
    let size = 0
    let parts = 0
    stream.on('data', (chunk: Buffer) => {
      const room = BODY_LIMIT_BYTES - size
      size += chunk.length
      parts++
      if (keep) body.add(chunk.subarray(0, room))
      if (chunk.length <= room && parts <= MOST_PARTS) return
      resolve({ body: body.bytes(), isCut: true })
      stream.destroy()
    })
    stream.on('end', () => resolve({ body: body.bytes(), isCut: false }))
    stream.on('error', reject)
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new Fault(fact('body-cut-short')))
    })
  })
}
