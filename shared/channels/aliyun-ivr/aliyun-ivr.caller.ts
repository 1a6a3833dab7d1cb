import type { KeyEvent } from '../../contracts/phone-keys.ts'
import type { MenuTemplate } from '../../messages/voice-templates.ts'
import { aliyunCaller } from '../aliyun-voice/caller.ts'
import { PRODUCT } from '../aliyun-voice/query-call.ts'
import { url } from '../aliyun-voice/request.ts'
import type { CallerOf } from '../channel.ts'
import { aliyunIvrCalls } from './calls.ts'
import { ivrKeys } from './keys.ts'
import { aliyunIvrProvision } from './provision.ts'
import type { IvrSettings } from './settings.ts'

/** How often the opening text is said, and how long a key is waited for after it, ms (IvrCall's own example has 3000). */
const PLAY_TIMES = 2
const KEY_MS = 5_000

/**
 * Calls to mainland China by Alibaba Cloud's IvrCall: an approved text, and the keys of `keys.ts`. There is no idempotency key, so a call whose
 * answer was lost is never asked for again; its receipt names it by the OutId.
 */
export const aliyunIvrCaller: CallerOf<IvrSettings> = {
  ...aliyunCaller({
    type: 'aliyun-ivr',
    url,
    action: 'IvrCall',
    product: PRODUCT.ivr,
    ...aliyunIvrProvision,
    says: { one: 'page', several: 'several' },
    parametersOf: ({ code, values, codes }, { caller, playTimes }: IvrSettings) => ({
      CalledShowNumber: caller,
      StartCode: code,
      StartTtsParams: values,
      ...menuOf(codes),
      PlayTimes: String(playTimes ?? PLAY_TIMES),
      Timeout: String(KEY_MS),
    }),
  }),
  ...aliyunIvrCalls,
}

/** What is said after a key; it ends the call. */
const saidAfter: Partial<Record<KeyEvent, MenuTemplate>> = { acknowledge: 'taken', snooze: 'snoozed', pass: 'passed' }

/** The keys that the call takes, each with the template of what is said then: who has none for a key does not offer it. */
function menuOf(codes: Partial<Record<MenuTemplate, string>>): Record<string, string> {
  const menu = ivrKeys.flatMap(({ key, event }) => {
    const said = saidAfter[event]
    if (said === undefined) throw new Error(`nothing is said after the key ${key}`)
    return codes[said] === undefined ? [] : [{ key, code: codes[said] }]
  })
  const pairs = menu.flatMap(({ key, code }, index) => {
    const name = `MenuKeyMap.${index + 1}`
    return [[`${name}.Key`, key] as const, [`${name}.Code`, code] as const]
  })
  return Object.fromEntries(pairs)
}
