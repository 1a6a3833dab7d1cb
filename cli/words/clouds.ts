import type { Bilingual } from '../../shared/contracts/words.ts'

/** How the clouds are called. */
export const cloudNames = {
  aws: { en: 'AWS', zh: 'AWS' },
  tencent: { en: 'Tencent Cloud', zh: '腾讯云' },
  aliyun: { en: 'Alibaba Cloud', zh: '阿里云' },
} satisfies Record<string, Bilingual>
