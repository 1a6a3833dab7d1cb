import { speakingTime } from './connect/connect.ts'
import type { Simulator } from './sandbox.ts'
import { startTencentVms } from './tencent-vms/vendor.ts'

/** Tencent Cloud's SendTtsVoice: phones in mainland China that ring, say one sentence, and take no key. It posts how they have ended. */
export const simulator: Simulator = {
  type: 'tencent-vms',
  start({ settings, now, templates, phones }) {
    const { postReceipts, speaking, onEvent } = phones
    const routes = settings as {
      app: string
      templates: { zh?: string; en?: string }
      secretId: string
      secretKey: string
    }[]
    const approved = routes.flatMap(({ templates: ids }) =>
      (['zh', 'en'] as const).flatMap((language) => {
        const id = ids[language]
        return id === undefined ? [] : [[id, templates[language].alert ?? ''] as const]
      }),
    )
    return startTencentVms({
      secretId: routes[0]?.secretId ?? '',
      secretKey: routes[0]?.secretKey ?? '',
      others: Object.fromEntries(routes.map(({ secretId, secretKey }) => [secretId, secretKey])),
      apps: routes.map(({ app }) => app),
      templates: Object.fromEntries(approved),
      now,
      push: (callback) => void postReceipts('tencent-vms', callback),
      onEvent,
      ...(speaking && { speakingMs: speakingTime }),
    })
  },
}
