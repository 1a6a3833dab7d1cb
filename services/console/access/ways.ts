import type { CompiledConsole } from '../../../shared/contracts/compiled-config.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import type { Access } from './admission.ts'
import type { Provider, ProviderIo } from './provider.ts'

type Settings = Required<Omit<CompiledConsole, 'url' | 'link' | 'access'>>
export type WayName = keyof Settings

/** A way to sign in: one file, and what its button says. */
interface Way<Own> {
  says: Bilingual
  /** What speaks to a provider is loaded when somebody signs in by it. */
  load(): Promise<(settings: Own, io: ProviderIo) => Provider>
}

/** The ways to sign in, in the order in which they are offered. */
const ways: { [Name in WayName]: Way<Settings[Name]> } = {
  oidc: {
    says: { zh: '登录', en: 'Sign in' },
    load: async () => (await import('./oidc.ts')).oidcSignIn,
  },
  wecom: {
    says: { zh: '用企业微信登录', en: 'Sign in by WeCom' },
    load: async () => (await import('./wecom.ts')).wecomSignIn,
  },
  dingtalk: {
    says: { zh: '用钉钉登录', en: 'Sign in by DingTalk' },
    load: async () => (await import('./dingtalk.ts')).dingtalkSignIn,
  },
  feishu: {
    says: { zh: '用飞书登录', en: 'Sign in by Feishu' },
    load: async () => (await import('./feishu.ts')).feishuSignIn,
  },
}

/** The ways to sign in that are configured. */
export function waysOf(access: Access): WayName[] {
  return typeof access === 'string' ? [] : (Object.keys(ways) as WayName[]).filter((name) => access[name] !== undefined)
}

/** By what people may sign in: the pages below `/sign-in/` with what their buttons say, in the order in which they are offered. */
export function offeredBy(access: Access): { path: string; says: Bilingual }[] {
  const offered = waysOf(access).map((name) => ({ path: name, says: ways[name].says }))
  const hasLinks = typeof access === 'object' && access.link === true
  return [...offered, ...(hasLinks ? [{ path: 'link', says: { zh: '用链接登录', en: 'Sign in by a link' } }] : [])]
}

/** Loads one of the ways. Rejects when it is not configured. */
export async function providerOf<Name extends WayName>(
  name: Name,
  access: Partial<Settings>,
  io: ProviderIo,
): Promise<Provider> {
  const settings: Settings[Name] | undefined = access[name]
  if (settings === undefined) throw new Error(`console.${name} is not configured`)
  const way: Way<Settings[Name]> = ways[name]
  return (await way.load())(settings, io)
}
