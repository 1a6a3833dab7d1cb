import { fault, findingsOf, ok, skipped } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { copyFailure } from '../../../shared/messages/copy-failures.ts'

const guide: Bilingual = {
  en: 'docs/guides/status-page.md, "When the region is gone"',
  zh: '见 docs/guides/status-page.zh-CN.md“地域不可用时”',
}

/** What is found of the bucket of a copy; `key`: of the object that was put. */
export const found = findingsOf('copies', {
  put: (key: string) => ok({ en: `${key} was put there, and is there`, zh: `写入了 ${key}，且能看到` }),
  unread: (key: string) =>
    ok({
      en: `${key} was put there; this key may not look at it, which only several regions need`,
      zh: `写入了 ${key}；该密钥无权查看，只有多地域才需要`,
    }),
  'not-put': (code: string) =>
    fault(
      { en: `nothing can be put there: ${copyFailure(code, 'en')}`, zh: `无法写入：${copyFailure(code, 'zh')}` },
      guide,
    ),
  'not-yours': (key: string) =>
    skipped(
      {
        en: `you may not put ${key} there, or the bucket is in another region; watch does it by the rights of its role`,
        zh: `你无权写入 ${key}，或存储桶在别的地域；watch 用自己角色的权限写入`,
      },
      {
        en: 'run doctor as somebody with s3:PutObject there; what watch is refused is a warning of the project fenghuo',
        zh: '用有 s3:PutObject 权限的身份运行 doctor；watch 被拒绝时项目 fenghuo 会告警',
      },
    ),
  unset: (variables: string[]) =>
    fault(
      {
        en: `watch lacks ${variables.join(', ')}, which sign what is put there`,
        zh: `watch 缺少写入签名所需的 ${variables.join('、')}`,
      },
      { en: 'set them where you deploy, and deploy', zh: '在部署的地方设置，再部署' },
    ),
})
