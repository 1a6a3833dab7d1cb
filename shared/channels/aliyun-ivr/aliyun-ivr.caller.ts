import { aliyunKeyWith } from '../../clouds/aliyun/rpc.ts'
import type { KeyEvent } from '../../contracts/phone-keys.ts'
import type { MenuTemplate } from '../../messages/voice-templates.ts'
import { mainlandNumber } from '../aliyun-voice/callee.ts'
import { valuesFor } from '../aliyun-voice/filled.ts'
import { placedBy } from '../aliyun-voice/placed.ts'
import { PRODUCT, queryCall } from '../aliyun-voice/query-call.ts'
import { type Asker, ask, url } from '../aliyun-voice/request.ts'
import { aliyunVoice } from '../aliyun-voice/route.ts'
import type { Call, CallerOf, ChannelIo, Placed } from '../channel.ts'
import { spokenIn } from '../spoken-in.ts'
import { aliyunIvrCalls } from './calls.ts'
import { ivrKeys } from './keys.ts'
import { aliyunIvrProvision } from './provision.ts'
import type { IvrSettings } from './settings.ts'

const VENDOR = 'aliyun-ivr'

/** How often the opening text is said, and how long a key is waited for after it, ms (IvrCall's own example has 3000). */
const PLAY_TIMES = 2
const KEY_MS = 5_000

/**
 * Calls to mainland China by Alibaba Cloud's IvrCall: an approved text, and the keys of `keys.ts`. There is no idempotency key, so a call whose
 * answer was lost is never asked for again; its receipt names it by the OutId.
 */
export const aliyunIvrCaller: CallerOf<IvrSettings> = {
  type: VENDOR,
  url,
  ...aliyunVoice,
  ...aliyunIvrCalls,
  place,
  query: (callId, askedAt, given, io) => queryCall(callId, PRODUCT.ivr, askedAt, askerOf(given, io)),
}

async function place(call: Call, given: IvrSettings, io: ChannelIo): Promise<Placed> {
  const spoken = spokenIn(given.templates, call.language)
  if (spoken === undefined)
    return { status: 'refused', failure: { class: 'no-template', vendor: VENDOR, template: 'page' } }
  const { language, codes } = spoken
  const opening: MenuTemplate = Number(call.slots.count) > 1 ? 'several' : 'page'
  const parameters = {
    CalledShowNumber: given.caller,
    CalledNumber: mainlandNumber(call.phone),
    StartCode: codes[opening],
    StartTtsParams: JSON.stringify(valuesFor(aliyunIvrProvision.templates[language][opening], call.slots)),
    ...menuOf(codes),
    PlayTimes: String(given.playTimes ?? PLAY_TIMES),
    Timeout: String(KEY_MS),
    OutId: call.name,
  }
  return placedBy(await ask('IvrCall', parameters, askerOf(given, io)), call)
}

function askerOf(given: IvrSettings, io: ChannelIo): Asker {
  return { vendor: VENDOR, key: aliyunKeyWith(given, io.env), io, at: url }
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
