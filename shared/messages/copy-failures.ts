import { ownProperty } from '../contracts/own-property.ts'
import type { Bilingual, Language } from '../contracts/words.ts'

const clock = { en: 'the clocks differ by too much', zh: '时钟相差太多' }

/** What S3, OSS and COS refuse a copy with, by their own codes, and what to look at. */
const WORDS: Record<string, Bilingual> = {
  unreachable: { en: 'it cannot be reached', zh: '连不上' },
  'not-configured': { en: 'variables of its key are not set', zh: '密钥的环境变量未设置' },
  NoSuchBucket: { en: 'there is no such bucket in this region', zh: '该地域没有这个存储桶' },
  AccessDenied: {
    en: 'nobody who signs so may put it there, or the bucket is in another region',
    zh: '签名者无权写入，或存储桶在别的地域',
  },
  InvalidAccessKeyId: { en: 'its cloud does not know the key', zh: '云厂商不认识该密钥' },
  SignatureDoesNotMatch: { en: "the key's secret is another one", zh: '密钥不匹配' },
  AuthorizationHeaderMalformed: { en: 'the bucket is in another region', zh: '存储桶在别的地域' },
  PermanentRedirect: { en: 'the bucket is in another region', zh: '存储桶在别的地域' },
  RequestTimeTooSkewed: clock,
  RequestIsExpired: clock,
}

/** Why a copy is not taken, with the cloud's own code where that is one; a code without words stands by itself. */
export function copyFailure(code: string, language: Language): string {
  const words = ownProperty(WORDS, code)?.[language]
  if (words === undefined) return code
  if (!/^[A-Z]/.test(code)) return words
  return language === 'zh' ? `${words}（${code}）` : `${words} (${code})`
}
