import { aliyunKeyWith } from '../../clouds/aliyun/rpc.ts'
import type { NoticeTemplate } from '../../messages/voice-templates.ts'
import { mainlandNumber } from '../aliyun-voice/callee.ts'
import { valuesFor } from '../aliyun-voice/filled.ts'
import { placedBy } from '../aliyun-voice/placed.ts'
import { PRODUCT, queryCall } from '../aliyun-voice/query-call.ts'
import { type Asker, ask } from '../aliyun-voice/request.ts'
import { aliyunVoice } from '../aliyun-voice/route.ts'
import type { Call, CallerOf, ChannelIo, Placed } from '../channel.ts'
import { spokenIn } from '../spoken-in.ts'
import { aliyunTtsCalls } from './calls.ts'
import { aliyunTtsProvision } from './provision.ts'
import type { TtsSettings } from './settings.ts'
import { url } from './url.ts'

const VENDOR = 'aliyun-tts'

/** How often the text is said: nobody can press a key to hear it again. */
const PLAY_TIMES = 3

/**
 * Calls to mainland China by Alibaba Cloud's SingleCallByTts: an approved text that takes no key, and says where to acknowledge. There is no
 * idempotency key, so a call whose answer was lost is never asked for again; its receipt names it by the OutId.
 */
export const aliyunTtsCaller: CallerOf<TtsSettings> = {
  type: VENDOR,
  url,
  ...aliyunVoice,
  ...aliyunTtsCalls,
  place,
  query: (callId, askedAt, given, io) => queryCall(callId, PRODUCT.notice, askedAt, askerOf(given, io)),
}

async function place(call: Call, given: TtsSettings, io: ChannelIo): Promise<Placed> {
  const spoken = spokenIn(given.templates, call.language)
  if (spoken === undefined)
    return { status: 'refused', failure: { class: 'no-template', vendor: VENDOR, template: 'notice' } }
  const { language, codes } = spoken
  const name: NoticeTemplate = Number(call.slots.count) > 1 ? 'notices' : 'notice'
  const parameters = {
    CalledNumber: mainlandNumber(call.phone),
    TtsCode: codes[name],
    TtsParam: JSON.stringify(valuesFor(aliyunTtsProvision.templates[language][name], call.slots)),
    PlayTimes: String(PLAY_TIMES),
    OutId: call.name,
    ...(given.caller === undefined ? {} : { CalledShowNumber: given.caller }),
  }
  return placedBy(await ask('SingleCallByTts', parameters, askerOf(given, io)), call)
}

function askerOf(given: TtsSettings, io: ChannelIo): Asker {
  return { vendor: VENDOR, key: aliyunKeyWith(given, io.env), io, at: url }
}
