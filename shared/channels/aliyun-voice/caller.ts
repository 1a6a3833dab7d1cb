import { aliyunKeyWith } from '../../clouds/aliyun/rpc.ts'
import type { Language } from '../../contracts/words.ts'
import type { CallerOf, ChannelIo, VendorUrl } from '../channel.ts'
import { spokenIn } from '../voice/spoken-in.ts'
import { type CalledSettings, mainlandNumber } from './callee.ts'
import { valuesFor } from './filled.ts'
import { placedBy } from './placed.ts'
import { queryCall } from './query-call.ts'
import { type Asker, ask } from './request.ts'
import { aliyunVoice } from './route.ts'

/** `Said`: the templates that a call may begin with. */
interface Settings<Said extends string> extends CalledSettings {
  templates: Partial<Record<Language, Record<Said, string> | undefined>>
}

/** What one of the vendor's kinds of calls has of its own. */
interface Kind<Said extends string, Given extends Settings<Said>> {
  type: string
  url: VendorUrl
  /** What places such a call, and how QueryCallDetailByCallId numbers the kind. */
  action: string
  product: string
  /** The texts to have approved. */
  templates: Record<Language, Record<Said, string>>
  /** What is said of one incident, and of several. */
  says: { one: Said; several: Said }
  /** All but the callee and our name of the call. `code`: the template that is said; `values`: what fills it, as JSON. */
  parametersOf(
    said: { code: string; values: string; codes: NonNullable<Given['templates'][Language]> },
    given: Given,
  ): Record<string, string>
}

/** What calls by an approved text, and asks how a call has ended. Of a call whose answer was lost its receipt tells, by the OutId. */
export function aliyunCaller<Said extends string, Given extends Settings<Said>>({
  type,
  url,
  action,
  product,
  templates,
  says,
  parametersOf,
}: Kind<Said, Given>): Omit<CallerOf<Given>, 'keys' | 'receipts'> {
  const askerOf = (given: Given, io: ChannelIo): Asker => {
    return { vendor: type, key: aliyunKeyWith(given, io.env), io, at: url }
  }
  return {
    type,
    url,
    ...aliyunVoice,
    async place(call, given, io) {
      const spoken = spokenIn(given.templates, call.language)
      if (spoken === undefined)
        return { status: 'refused', failure: { class: 'no-template', vendor: type, template: says.one } }
      const { language, codes } = spoken
      const name = Number(call.slots.count) > 1 ? says.several : says.one
      const values = JSON.stringify(valuesFor(templates[language][name], call.slots))
      const parameters = {
        CalledNumber: mainlandNumber(call.phone),
        OutId: call.name,
        ...parametersOf({ code: codes[name], values, codes }, given),
      }
      return placedBy(await ask(action, parameters, askerOf(given, io)), call)
    },
    query: (callId, askedAt, given, io) => queryCall(callId, product, askedAt, askerOf(given, io)),
  }
}
