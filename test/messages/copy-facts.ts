import type { OwnFact } from '../../shared/evaluation/own-fact.ts'

/** What watch says of the copy of a status page. */
export type CopyCode = Extract<OwnFact['code'], `copy-${string}`>

/** Each code with arguments, and what is read of it. A code without an entry does not compile. */
export const factsOfCopies: { [Code in CopyCode]: [args: object, zh: string, en: string][] } = {
  'copy-fails': [
    [
      { page: 'pay', bucket: 'example-status', error: 'AccessDenied' },
      '状态页 pay 的副本存不进存储桶 example-status：签名者无权写入，或存储桶在别的地域（AccessDenied）；外部在副本中看到的已过时',
      'The copy of the status page pay cannot be put into the bucket example-status: nobody who signs so may put it there, or the bucket is in another region (AccessDenied); what outsiders read there is old',
    ],
    [
      { page: 'pay', bucket: 'example-status', error: 'unreachable' },
      '状态页 pay 的副本存不进存储桶 example-status：连不上；外部在副本中看到的已过时',
      'The copy of the status page pay cannot be put into the bucket example-status: it cannot be reached; what outsiders read there is old',
    ],
    [
      { page: 'pay', bucket: 'example-status', error: 'not-configured' },
      '状态页 pay 的副本存不进存储桶 example-status：密钥的环境变量未设置；外部在副本中看到的已过时',
      'The copy of the status page pay cannot be put into the bucket example-status: variables of its key are not set; what outsiders read there is old',
    ],
  ],
  'copy-stands': [
    [
      { page: 'pay', bucket: 'example-status' },
      '状态页 pay 的副本已重新存入存储桶 example-status',
      'The copy of the status page pay is put into the bucket example-status again',
    ],
  ],
}
