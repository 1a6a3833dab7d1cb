import type { Bilingual } from '../../shared/contracts/words.ts'
import { environmentOf, type FunctionDefinition, type Problem, type Service } from './service.ts'

/** What a vendor takes of an environment. */
interface EnvironmentLimits {
  /** Of all names and values together. */
  bytes: number
  name: RegExp
  reserved: RegExp
  /** Said of a reserved name. */
  keeps: Bilingual
}

/** A function's environment, with the provider's under it. Tells what the vendor would refuse of it. */
export function wantedEnvironment(
  service: Service,
  definition: FunctionDefinition,
  limits: EnvironmentLimits,
  problem: Problem,
): Record<string, string> {
  const variables = environmentOf(service, definition)
  const bytes = Buffer.byteLength(Object.entries(variables).flat().join(''))
  if (bytes > limits.bytes)
    problem({
      en: `its environment has ${bytes} bytes, and may have ${limits.bytes}`,
      zh: `环境变量共 ${bytes} 字节，最多 ${limits.bytes}`,
    })
  for (const name of Object.keys(variables)) {
    if (!limits.name.test(name))
      problem({
        en: `environment ${name}: letters, digits and _, a letter first`,
        zh: `environment ${name}：只能有字母、数字和 _，以字母开头`,
      })
    else if (limits.reserved.test(name))
      problem({ en: `environment ${name}: ${limits.keeps.en}`, zh: `environment ${name}：${limits.keeps.zh}` })
  }
  return variables
}
