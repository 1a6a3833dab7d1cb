import { aliyunCaller } from '../aliyun-voice/caller.ts'
import { PRODUCT } from '../aliyun-voice/query-call.ts'
import type { CallerOf } from '../channel.ts'
import { aliyunTtsCalls } from './calls.ts'
import { aliyunTtsProvision } from './provision.ts'
import type { TtsSettings } from './settings.ts'
import { url } from './url.ts'

/** How often the text is said: nobody can press a key to hear it again. */
const PLAY_TIMES = 3

/**
 * Calls to mainland China by Alibaba Cloud's SingleCallByTts: an approved text that takes no key, and says where to acknowledge. There is no
 * idempotency key, so a call whose answer was lost is never asked for again; its receipt names it by the OutId.
 */
export const aliyunTtsCaller: CallerOf<TtsSettings> = {
  ...aliyunCaller({
    type: 'aliyun-tts',
    url,
    action: 'SingleCallByTts',
    product: PRODUCT.notice,
    ...aliyunTtsProvision,
    says: { one: 'notice', several: 'notices' },
    parametersOf: ({ code, values }, { caller }: TtsSettings) => ({
      TtsCode: code,
      TtsParam: values,
      PlayTimes: String(PLAY_TIMES),
      ...(caller !== undefined && { CalledShowNumber: caller }),
    }),
  }),
  ...aliyunTtsCalls,
}
