import { withoutSecrets } from '../../../../shared/contracts/without-secrets.ts'
import type { Handlers } from '../asked.ts'
import type { queues } from '../contract/queues.ts'

/** Of why a letter was refused. */
const REASON_CHARACTERS = 1_500

export const queueHandlers: Handlers<keyof typeof queues> = {
  async listQueues(_, { queues }) {
    const counts = Object.entries(await queues())
    return { body: { queues: counts.map(([name, messages]) => ({ name, messages })) } }
  },

  async listLetters({ params }, { queueDesk }) {
    const { letters, all } = await (await queueDesk()).look(params.queue)
    // What a letter says may hold secrets of whoever sent it, and so may why it was refused.
    const shown = letters.map(({ body: _, sentAt, reason, ...letter }) => ({
      ...letter,
      ...(reason !== undefined && { reason: withoutSecrets(reason, REASON_CHARACTERS) }),
      sentAt: new Date(sentAt).toISOString(),
    }))
    return { body: { letters: shown, all } }
  },

  async sendBack({ params, body, note }, { queueDesk }) {
    const { letter } = body
    note(`send back ${letter ?? 'all'} of ${params.queue}`)
    return { body: await (await queueDesk()).sendBack(params.queue, letter === undefined ? 'all' : { id: letter }) }
  },
}
