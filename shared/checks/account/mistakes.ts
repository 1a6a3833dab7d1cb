import { type Mistake, mistake } from '../../contracts/mistake.ts'
import type { Keys } from './keys.ts'

type Account = Keys['account']
type Limit = keyof NonNullable<Keys['degraded']>
type Found = [key: keyof Keys, mistake: Mistake][]

/** What may be asked of whose account. */
const askable: Record<Account, { keys: (keyof Keys)[]; limits: Limit[] }> = {
  tencent: {
    keys: ['keyId', 'keySecret', 'app', 'signs', 'templates', 'degraded', 'down'],
    limits: ['texts', 'balance', 'keyAge'],
  },
  aliyun: {
    keys: ['keyId', 'keySecret', 'packages', 'signs', 'templates', 'degraded', 'down'],
    limits: ['packages', 'balance', 'keyAge'],
  },
  aws: {
    keys: ['region', 'instance', 'caller', 'numbers', 'senders', 'users', 'degraded', 'down'],
    limits: ['balance', 'keyAge', 'calls'],
  },
  robots: { keys: ['robots'], limits: [] },
}

/** Keys that only say how or where the others are asked for. */
const MANNER: (keyof Keys)[] = ['account', 'keyId', 'keySecret', 'app', 'region']

/** What is wrong with the keys of one check. */
export function mistakesIn(check: Keys): Found {
  const others = ofOthers(check)
  return others.length > 0 ? others : [...lacking(check), ...late(check)]
}

function ofOthers(check: Keys): Found {
  const { account } = check
  const { keys, limits } = askable[account]
  const written = Object.keys(check) as (keyof Keys)[]
  const foreign = written.filter((key) => key !== 'account' && !keys.includes(key))
  if (foreign.length > 0) return foreign.map((key) => [key, notOf(account, keys)])
  return (['degraded', 'down'] as const).flatMap((key): Found => {
    const names = Object.keys(check[key] ?? {}) as Limit[]
    if (account === 'aliyun' && names.includes('texts')) return [[key, NO_PACKAGES]]
    return names.every((name) => limits.includes(name)) ? [] : [[key, notOf(account, limits)]]
  })
}

function lacking(check: Keys): Found {
  const { account, degraded = {}, down = {}, app, instance, caller, users } = check
  const isLimited = (of: Limit) => degraded[of] !== undefined || down[of] !== undefined
  const limitAt = degraded.texts === undefined ? 'down' : 'degraded'
  const { degraded: _, down: __, ...rest } = check
  const isAsked = Object.keys(rest).some((key) => !MANNER.includes(key as keyof Keys))
  if (!isAsked && Object.keys({ ...degraded, ...down }).length === 0)
    return [['account', account === 'robots' ? NO_ROBOTS : account === 'aws' ? NOTHING_OF_AWS : NOTHING_ASKED]]
  if (isLimited('texts') && app === undefined) return [[limitAt, NO_APP]]
  if (isLimited('packages') !== (check.packages !== undefined)) return [['account', PACKAGES_AND_LIMIT]]
  if (account !== 'aws') return []
  if (instance === undefined && caller !== undefined) return [['caller', NO_INSTANCE]]
  if (instance === undefined && isLimited('calls')) return [['account', NO_INSTANCE]]
  return isLimited('keyAge') === (users !== undefined)
    ? []
    : [[users === undefined ? 'account' : 'users', KEYS_OF_USERS]]
}

/** What is left is warned of while there is more of it, and the age of a key while it is less. */
function late({ degraded = {}, down = {} }: Keys): Found {
  const isLate = (['texts', 'packages', 'balance', 'calls'] as const).some(
    (of) => (degraded[of] ?? Infinity) <= (down[of] ?? -Infinity),
  )
  const isOldLate = (degraded.keyAge ?? -Infinity) >= (down.keyAge ?? Infinity)
  return isLate || isOldLate ? [['degraded', TOO_LATE]] : []
}

const NOTHING_ASKED = mistake('nothing-asked', {
  en: 'asks for nothing: give `signs`, `templates`, or limits in `degraded` or `down`',
  zh: '没有要查的：写 `signs`、`templates`，或在 `degraded`、`down` 里写界限',
})
const NOTHING_OF_AWS = mistake('nothing-asked', {
  en: 'asks for nothing: give `instance`, `numbers`, `senders`, `users`, or limits in `degraded` or `down`',
  zh: '没有要查的：写 `instance`、`numbers`、`senders`、`users`，或在 `degraded`、`down` 里写界限',
})
const NO_ROBOTS = mistake('nothing-asked', { en: 'asks for nothing: give `robots`', zh: '没有要查的：写 `robots`' })
const NO_PACKAGES = mistake('no-packages', {
  en: '`texts` is of Tencent Cloud: name what Alibaba Cloud calls yours in `packages`, and limit `packages`',
  zh: '`texts` 属于腾讯云：阿里云请在 `packages` 写套餐包名称，并写 `packages` 界限',
})
const PACKAGES_AND_LIMIT = mistake('packages-and-limit', {
  en: '`packages` and a limit `packages` in `degraded` or `down` go together',
  zh: '`packages` 与 `degraded`、`down` 里的 `packages` 界限要一起写',
})
const NO_APP = mistake('app-missing', {
  en: '`texts` needs `app`: packages are of an application',
  zh: '`texts` 需要 `app`：套餐包属于应用',
})
const NO_INSTANCE = mistake('instance-missing', {
  en: '`caller` and `calls` need `instance`: numbers and quotas are of an instance',
  zh: '`caller` 和 `calls` 需要 `instance`：号码和配额属于实例',
})
const KEYS_OF_USERS = mistake('keys-of-users', {
  en: '`keyAge` and `users` go together: a role has no key that ages',
  zh: '`keyAge` 与 `users` 同写：角色没有会变旧的密钥',
})
const TOO_LATE = mistake('warning-too-late', {
  en: 'must be reached before `down`: it is the earlier warning',
  zh: '应先于 `down` 达到：它是提前的提醒',
})

function notOf(account: Account, askable: string[]): Mistake {
  const names = askable.map((name) => `\`${name}\``)
  return mistake('not-of-account', {
    en: `is not asked of \`account: ${account}\`, which has ${names.join(', ')}`,
    zh: `不属于 \`account: ${account}\`，可写 ${names.join('、')}`,
  })
}
