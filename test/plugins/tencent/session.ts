import type { Options } from '../../../plugins/provider/framework.ts'
import type { Session } from '../../../plugins/provider/session.ts'
import { tencent } from '../../../plugins/tencent/cloud.ts'
import type { TencentFunctionDefinition } from '../../../plugins/tencent/definition.ts'
import type { Bilingual, Language } from '../../../shared/contracts/words.ts'
import { type Account, service } from './account.ts'

const FILES: Record<string, string> = { 'event.json': '{"from":"a file"}', 'event.yml': 'from: YAML', 'bad.yaml': '{' }

/** A command's session on an account, with all that it prints. */
export function sessionOn(
  account: Account,
  options: Options = {},
  keys = ['probe'],
  language: Language = 'en',
): { session: Session; printed: string[] } {
  const printed: string[] = []
  const print = (words: Bilingual) => {
    printed.push(words[language])
  }
  const definition = (key: string): TencentFunctionDefinition => ({
    name: `probes-test-${key}`,
    handler: 'src/probe.handler',
    events: [],
  })
  const session: Session = {
    cloud: tencent as Session['cloud'],
    service,
    functions: Object.fromEntries(keys.map((key) => [key, definition(key)])),
    backend: account.backend,
    options,
    writers: { log: { notice: print, info: print, warning: print, success: print }, writeText: print },
    io: { ...account.io, now: account.now },
    fault: (words) => new Error(words[language]),
    readText: async (path) => FILES[path],
  }
  return { session, printed }
}
