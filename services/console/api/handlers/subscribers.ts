import { removeSubscriber } from '../../../../shared/engine/status/remove-subscriber.ts'
import { viewSubscribers } from '../../../../shared/engine/status/view-subscribers.ts'
import type { Handlers } from '../asked.ts'
import type { subscribers } from '../contract/subscribers.ts'
import { pageOf } from '../paging.ts'
import { refusal } from '../refusal.ts'

const iso = (at: number) => new Date(at).toISOString()

export const subscriberHandlers: Handlers<keyof typeof subscribers> = {
  async listSubscribers({ query, io }, { config, secret }) {
    const known = Object.keys(config.status ?? {})
    const { page } = query
    if (page !== undefined && !known.includes(page)) throw refusal(404, 'not-found', (say) => say.noStatusPage(known))
    const pages = page === undefined ? known : [page]
    const all = await viewSubscribers(pages, secret, io)
    const { shown, next } = pageOf(all, ({ page, name }) => `${page}#${name}`, query)
    return {
      body: {
        subscribers: shown.map(({ page, name, way, address, state, since, sentAt, failures }) => ({
          ...{ page, id: name, way, confirmed: state === 'active', since: iso(since), failures },
          ...(address !== undefined && { address }),
          ...(sentAt !== undefined && { sentAt: iso(sentAt) }),
        })),
        ...next,
      },
    }
  },

  async removeSubscriber({ params, io, note }, { config }) {
    const { page, id } = params
    note(`remove subscriber ${id} of ${page}`)
    const isRemoved = Object.hasOwn(config.status ?? {}, page) && (await removeSubscriber(page, id, io))
    if (!isRemoved) throw refusal(404, 'not-found', (say) => say.noSubscriber)
    return { body: { page, id } }
  },
}
