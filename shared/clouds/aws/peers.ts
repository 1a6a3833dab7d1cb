import { PeerRefusal, type Peers } from '../../contracts/peers.ts'
import { queueText } from '../../contracts/queue-text.ts'
import type { Instant } from '../../contracts/words.ts'
import type { SecretAgain } from '../doubted-secret.ts'
import { required } from './env.ts'
import { invoke } from './invoke.ts'
import type { Env } from './lambda.ts'
import { queueIn } from './other-regions.ts'
import { queueElsewhere } from './queue-of.ts'
import { credentialsOf } from './sigv4.ts'
import { sqsSender } from './sqs-sender.ts'

/** A word is tried again by a later invocation: this one has people to call. */
const SEND_MS = 3_000

/** The same where somebody waits, on the phone or before a page: `page` tells later whom that is too short for. */
export const SHORT_SEND_MS = 800

/** A region is asked twice, since one lost packet is no lost region; an instance of its function begins in less. */
const ASK_MS = [2_500, 2_500]

/** A region that has not answered is not asked again for so long: in a storm a hundred incidents would wait for it. */
const SILENT_MS = 30_000

interface Reaching {
  /** A queue is waited for so long. */
  sendMs?: number
  secretAgain?: SecretAgain
}

/** The other regions' queues and functions, from the environment. */
export function peersOnAws(env: Env, now: () => Instant, { sendMs = SEND_MS, secretAgain }: Reaching = {}): Peers {
  const queue = required(env, 'ESCALATION_QUEUE_URL')
  const functionName = required(env, 'PEER_FUNCTION')
  const credentials = credentialsOf(env)
  let renewed: string | undefined
  const silentUntil = new Map<string, Instant>()
  return {
    deployment: queue.slice(queue.lastIndexOf('/') + 1),
    // Where it is not read yet, words wait: what somebody presses meanwhile counts.
    get secret() {
      return renewed ?? required(env, 'FENGHUO_SECRET')
    },
    async secretAgain() {
      renewed = (await secretAgain?.()) ?? renewed
    },
    async send(region, message) {
      const queueUrl = queueIn(region, queue)
      if (queueUrl === undefined) throw new Error(`${queue} tells no region`)
      await sqsSender({ ...queueElsewhere(queueUrl, env), now })(queueText(message), now() + sendMs)
    },
    async ask(region, question) {
      if (now() < (silentUntil.get(region) ?? 0)) throw new Error('it has not answered a moment ago')
      const failures: unknown[] = []
      for (const limitMs of ASK_MS) {
        try {
          return await invoke(functionName, question, { region, credentials, limitMs, env, now })
        } catch (error) {
          if (error instanceof PeerRefusal) throw error
          failures.push(error)
        }
      }
      silentUntil.set(region, now() + SILENT_MS)
      throw new Error(failures.map(String).join('; '))
    },
  }
}
