import { testPage } from '../diagnoses/diagnosis.ts'
import { findingsOf, skipped } from '../diagnoses/finding.ts'

/** What doctor may find of a voice route of Tencent Cloud. */
export const found = findingsOf('tencent-vms', {
  'no-address': () =>
    skipped(
      { en: 'the deployed page names no address of acknowledge', zh: '部署的 page 函数没有 acknowledge 的地址' },
      { en: 'deploy first', zh: '先部署' },
    ),
  'callbacks-untold': (address: string) =>
    skipped(
      {
        en: `callbacks are to be posted to ${address}; no API tells whether they are`,
        zh: `回调应推送到 ${address}；没有接口能说明是否如此`,
      },
      {
        en: 'write it as the event callback address of the application, in the console of Voice Message Service',
        zh: '在语音消息控制台，把它填为应用的事件回调地址',
      },
    ),
  'approval-untold': (stage: string | undefined) => {
    const test = testPage(stage)
    return skipped(
      { en: 'no API tells whether they are approved', zh: '没有接口能说明是否审核通过' },
      {
        en: `the console of Voice Message Service shows it; ${test.en}, in daytime`,
        zh: `语音消息控制台可以看到；${test.zh}，请在白天试`,
      },
    )
  },
})
