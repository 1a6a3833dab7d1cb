import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Surroundings } from './service.ts'

/**
 * The address (scheme, host, port) in an environment variable, to which all requests go instead of the vendor's; undefined: it is
 * not set. Throws a `BilingualError` that names the variable for what is no address.
 */
export function movedAddress(env: Surroundings['env'], variable: string): string | undefined {
  const text = env[variable]
  if (!text) return undefined
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new BilingualError({
      en: `${variable} is no address, such as http://127.0.0.1:4000: ${text}`,
      zh: `${variable} 不是地址（如 http://127.0.0.1:4000）：${text}`,
    })
  }
  return text
}
