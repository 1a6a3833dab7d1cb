import type { Bilingual } from '../../contracts/words.ts'
import { testPage } from '../diagnoses/diagnosis.ts'
import { fault, findingsOf, ok, skipped, warning } from '../diagnoses/finding.ts'
import { errors } from './errors.ts'

function says(code: string): Bilingual {
  return { en: `the vendor says ${code}`, zh: `厂商答复 ${code}` }
}

function remedyOf(code: string): Bilingual {
  const lookUp = { en: `look the code up: ${errors.source}`, zh: `查这个错误码：${errors.source}` }
  return errors.codes[code]?.remedy ?? lookUp
}

/** What doctor may find of a voice route of Alibaba Cloud. */
export const found = findingsOf('aliyun-voice', {
  'key-taken': () => ok({ en: 'the key is taken, and may ask about calls', zh: '密钥有效，可以查询通话' }),
  served: () => ok({ en: 'the key is taken, and the account is served', zh: '密钥有效，账号可用' }),
  refused: (code: string) => fault(says(code), remedyOf(code)),
  'not-allowed': (code: string) => warning(says(code), remedyOf(code)),
  'not-now': (reason: string) =>
    warning(
      { en: `the vendor can't be asked now: ${reason}`, zh: `现在问不到厂商：${reason}` },
      { en: 'look again in a minute', zh: '过一分钟再看' },
    ),
  'no-address': () =>
    skipped(
      {
        en: 'the deployed page names no address of acknowledge',
        zh: '部署的 page 函数没有 acknowledge 的地址',
      },
      { en: 'deploy first', zh: '先部署' },
    ),
  'receipts-untold': (address: string, stage: string | undefined) => {
    const test = testPage(stage)
    return skipped(
      {
        en: `VoiceCallReport and VoiceReport are to be posted to ${address}; no API tells whether they are`,
        zh: `VoiceCallReport 和 VoiceReport 应推送到 ${address}；没有接口能说明是否如此`,
      },
      {
        en: `subscribe to both under General settings; ${test.en}`,
        zh: `在“通用设置”里订阅这两种；${test.zh}`,
      },
    )
  },
  'approval-untold': (stage: string | undefined) => {
    const test = testPage(stage)
    return skipped(
      { en: 'no API tells whether they are approved', zh: '没有接口能说明是否审核通过' },
      {
        en: `the console of Voice Messaging Service shows it; ${test.en}`,
        zh: `语音服务控制台可以看到；${test.zh}`,
      },
    )
  },
})
