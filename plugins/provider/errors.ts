import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { CloudError } from './backend.ts'

/** An error as people need it: what was called, the vendor's words and code, the request's id, and what to do. */
export function explained(error: unknown, language: Language): string {
  if (error instanceof AggregateError) return error.errors.map((each) => explained(each, language)).join('\n')
  if (!(error instanceof CloudError)) return toldBy(error, language)
  const { action, code, words, requestId, advice } = error
  const request = requestId === undefined ? '' : language === 'zh' ? `，请求 ${requestId}` : `, request ${requestId}`
  const by = language === 'zh' ? `（${action}：${code}${request}）` : ` (${action}: ${code}${request})`
  return `${words[language]}${by}${advice === undefined ? '' : `\n  ${advice[language]}`}`
}

function toldBy(error: unknown, language: Language): string {
  if (error instanceof BilingualError) return error.words[language]
  return error instanceof Error ? error.message : String(error)
}
