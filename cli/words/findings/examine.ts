import { fault, findingsOf } from '../../../shared/channels/diagnoses/finding.ts'
import type { Failure } from '../../../shared/contracts/failure.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { failureText } from '../../../shared/messages/failure.ts'
import type { Trouble } from '../../failure.ts'

const others: Bilingual = { en: 'the other lines stand by themselves', zh: '其他各行不受影响' }

/** Errors may say more than one line. */
const flat = (text: string) => text.replace(/\s+/g, ' ')

/** What becomes of an examination that ends in an error. */
export const found = findingsOf('examine', {
  late: () =>
    fault(
      { en: 'no answer in time', zh: '超时没有应答' },
      { en: 'try again; if it stays so, look at the network from here', zh: '再试一次；仍然如此就查看这里的网络' },
    ),
  network: (failure: Failure) =>
    fault(
      { en: `the network: ${failureText(failure, 'en')}`, zh: `网络：${failureText(failure, 'zh')}` },
      { en: 'check the network, and the address if you moved it', zh: '检查网络；如果改过地址，也检查地址' },
    ),
  trouble: ({ what, remedy, cause }: Trouble) =>
    fault(
      {
        en: flat(what.en) + (cause === undefined ? '' : ` (${cause})`),
        zh: flat(what.zh) + (cause === undefined ? '' : `（${cause}）`),
      },
      remedy ?? others,
    ),
  unexpected: (message: string) =>
    fault(
      {
        en: `this should not happen, please report it ${flat(message)}`,
        zh: `这不应该发生，请反馈给我们 ${flat(message)}`,
      },
      others,
    ),
})
