import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import { asWritten, type Bilingual, inLines } from '../../shared/contracts/words.ts'
import { CloudError } from './backend.ts'

/** An error as people need it: the vendor's words, what was called, the vendor's code, the request's id, and what to do. */
export function explained(error: unknown): Bilingual {
  if (error instanceof AggregateError) return inLines(error.errors.map(explained))
  if (error instanceof CloudError) return ofCloud(error)
  if (error instanceof BilingualError) return error.words
  return asWritten(error instanceof Error ? error.message : String(error))
}

function ofCloud({ action, code, words, requestId, advice }: CloudError): Bilingual {
  const request =
    requestId === undefined ? { en: '', zh: '' } : { en: `, request ${requestId}`, zh: `，请求 ${requestId}` }
  const called = action === undefined ? { en: '', zh: '' } : { en: `${action}: `, zh: `${action}：` }
  return {
    en: `${words.en} (${called.en}${code}${request.en})${advice === undefined ? '' : `\n  ${advice.en}`}`,
    zh: `${words.zh}（${called.zh}${code}${request.zh}）${advice === undefined ? '' : `\n  ${advice.zh}`}`,
  }
}
