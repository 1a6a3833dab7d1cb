import { BilingualError } from '../../contracts/bilingual-error.ts'
import type { CompiledFailover, FailoverRegion } from '../../contracts/compiled-config.ts'
import { MINUTE_MS } from '../../contracts/milliseconds.ts'
import { type Bilingual, inLines } from '../../contracts/words.ts'

type Env = Record<string, string | undefined>

/** Lex V2: bots and aliases have ids of ten letters and digits. */
const ID = /^[0-9A-Za-z]{10}$/

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/

/** What `TEST_METHOD` may be: operations of Lex V2, and what V1 and its clients called the same. */
const methods: Record<string, 'open' | 'say'> = {
  put_session: 'open',
  PutSession: 'open',
  send_message: 'say',
  post_text: 'say',
  PostText: 'say',
  recognize_text: 'say',
  RecognizeText: 'say',
}

/**
 * The failover that the variables of an older function name: a bot in PRIMARY_REGION and SECONDARY_REGION, under the key PRIMARY_REGION.
 * Undefined without BOTNAME. Throws a BilingualError with all that does not fit, Lex V1's names among it.
 */
export function seedFailover(env: Env): CompiledFailover | undefined {
  if (!env.BOTNAME) return undefined
  const wrong: Bilingual[] = []
  const bots = idsIn('BOTNAME', env, 'list-bots', wrong)
  const aliases = idsIn('BOT_ALIAS', env, 'list-bot-aliases', wrong)
  const names = ['PRIMARY_REGION', 'SECONDARY_REGION'].map((name) => regionIn(name, env, wrong))
  const [primary = '', secondary = ''] = names
  if (primary !== '' && primary === secondary)
    wrong.push({
      en: `SECONDARY_REGION is ${secondary}, as PRIMARY_REGION: another region has to take over`,
      zh: `SECONDARY_REGION 与 PRIMARY_REGION 都是 ${secondary}：应是另一个地域`,
    })
  const spoken = spokenIn(env, wrong)
  if (wrong.length > 0) throw new BilingualError(inLines(wrong))
  const regions = names.map(
    (region, index): FailoverRegion => ({
      region,
      bot: { botId: bots[index] ?? bots[0] ?? '', aliasId: aliases[index] ?? aliases[0] ?? '' },
    }),
  )
  return {
    name: primary,
    title: 'Lex',
    regions,
    locale: env.BOT_LOCALE || 'en_US',
    ...spoken,
    sayEveryMs: 5 * MINUTE_MS,
    ...(env.TEST_USER && { user: env.TEST_USER }),
    confirm: { m: 2, n: 3 },
    holdMs: 5 * MINUTE_MS,
  }
}

/** All that fails over: what the configuration names, and what the variables do. */
export function failoversIn(config: { failover?: CompiledFailover[] }, env: Env): CompiledFailover[] {
  const ofSeed = seedFailover(env)
  return [...(config.failover ?? []), ...(ofSeed ? [ofSeed] : [])]
}

/** One id for both regions, or one for each with a comma between. */
function idsIn(name: string, env: Env, command: string, wrong: Bilingual[]): string[] {
  const written = env[name] ?? ''
  const ids = written.split(',').map((id) => id.trim())
  if (ids.length <= 2 && ids.every((id) => ID.test(id))) return ids
  wrong.push(
    written === ''
      ? { en: `${name} is not set`, zh: `没有设置 ${name}` }
      : {
          en: `${name} is ${written}, which is no id of Lex V2 (ten letters and digits; two with a comma between where the regions differ). Lex V1, which had names, ended on 2025-09-15: \`aws lexv2-models ${command}\` tells the ids`,
          zh: `${name} 是 ${written}，不是 Lex V2 的 ID（十个字母和数字；两个地域不同时用逗号分开）。用名称的 Lex V1 已于 2025-09-15 停止：\`aws lexv2-models ${command}\` 可查到 ID`,
        },
  )
  return []
}

function regionIn(name: string, env: Env, wrong: Bilingual[]): string {
  const region = env[name] ?? ''
  if (REGION.test(region)) return region
  wrong.push({
    en: region === '' ? `${name} is not set` : `${name} is ${region}, which is no region: write one such as us-east-1`,
    zh: region === '' ? `没有设置 ${name}` : `${name} 是 ${region}，不是地域：写成 us-east-1 这样`,
  })
  return ''
}

function spokenIn(env: Env, wrong: Bilingual[]): { say?: string; reply?: string } {
  const method = env.TEST_METHOD || 'put_session'
  const does = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (does === undefined)
    wrong.push({
      en: `TEST_METHOD is ${method}: put_session opens a session, send_message says SAMPLE_UTTERANCE`,
      zh: `TEST_METHOD 是 ${method}：应为 put_session（打开会话）或 send_message（说 SAMPLE_UTTERANCE）`,
    })
  if (does !== 'say') return {}
  const { SAMPLE_UTTERANCE: say, EXPECTED_RESPONSE: reply } = env
  if (!say || !reply) {
    wrong.push({
      en: `${method} says SAMPLE_UTTERANCE and expects EXPECTED_RESPONSE: set both`,
      zh: `${method} 会说 SAMPLE_UTTERANCE 并期望 EXPECTED_RESPONSE：两者都要设置`,
    })
    return {}
  }
  return { say, reply }
}
