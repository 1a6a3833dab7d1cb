import type { Wording } from '../contracts/fact.ts'
import type { RejectionFact } from '../contracts/rejection.ts'
import type { Language } from '../contracts/words.ts'
import { oneLine } from './cut.ts'

/** A quotation is cut here for whoever reads it; logs and the dead letter itself have more. */
const PLACES_CHARACTERS = 400
const START_CHARACTERS = 40

/** What the message is not, and where it is wrong: the places are quotations. */
function wrongAt(zh: string, en: string): Record<Language, ({ places }: { places: string[] }) => string> {
  const told = (places: string[]) => oneLine(places.join('; '), PLACES_CHARACTERS)
  return { zh: ({ places }) => `${zh}（${told(places)}）`, en: ({ places }) => `${en} (${told(places)})` }
}

/** Why nobody can take a message. */
export const rejectionWording: Wording<RejectionFact> = {
  'not-json': {
    zh: ({ starts }) => (starts === '' ? '正文为空' : `正文不是 JSON，开头为“${oneLine(starts, START_CHARACTERS)}”`),
    en: ({ starts }) =>
      starts === ''
        ? 'the body is empty'
        : `the body is not JSON and starts with “${oneLine(starts, START_CHARACTERS)}”`,
  },
  'not-an-event': wrongAt('不是上报、心跳或告警', 'neither a report, a heartbeat nor alerts'),
  'not-a-report': wrongAt('无法识别的探针上报', 'a probe report that cannot be read'),
  'not-a-heartbeat': wrongAt('无法识别的心跳', 'a heartbeat that cannot be read'),
  'no-alert-readable': wrongAt('其中的告警都无法识别', 'none of its alerts can be read'),
  'observations-left-out': wrongAt('上报中有无法识别的观测', 'observations of a report cannot be read'),
  'alerts-left-out': wrongAt('其中有无法识别的告警', 'some of its alerts cannot be read'),
  'not-the-senders': wrongAt('发送方无权代其他项目或观测点发送', 'its sender is bound to other projects or vantages'),
  'not-a-step': wrongAt('不是升级队列的消息', 'no message of the escalation queue'),
  'peer-refused': {
    zh: ({ from, why }) => `自称来自地域 ${oneLine(from, START_CHARACTERS)} 的消息，${refused[why].zh}`,
    en: ({ from, why }) => `what says it is a word of region ${oneLine(from, START_CHARACTERS)} ${refused[why].en}`,
  },
}

/** Why another region's word is none. */
const refused: Record<Extract<RejectionFact, { code: 'peer-refused' }>['args']['why'], Record<Language, string>> = {
  alone: { zh: '但本部署只有一个地域', en: 'comes to a deployment of one region' },
  forged: {
    zh: '但签名不符：密钥不同，或出自另一部署',
    en: 'bears another seal: the regions have different secrets, or it is of another deployment',
  },
  'not-ours': { zh: '但不是发给本地域的', en: 'is none to this region' },
  replayed: { zh: '但已是很久以前的', en: 'was said long ago' },
}
