import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import type { TargetOptions } from '../target.ts'

/** A console, and what lets a program in there. */
export interface ConsolePlace {
  /** Its origin. */
  url: string
  /** Absent: it asks for none, as on one machine. */
  token?: string
}

/**
 * The console that `--console` names, or else `FENGHUO_CONSOLE_URL` where nobody says another place; undefined: the tables are meant.
 * Throws a `CommandError` for what is no address of one.
 */
export function consoleOf(
  options: TargetOptions & { console?: string },
  { env }: Pick<CliIo, 'env'>,
): ConsolePlace | undefined {
  const { stage, region, local, data } = options
  const isElsewhere = local === true || [stage, region, data].some((one) => one !== undefined)
  const said = options.console ?? (isElsewhere ? undefined : env.FENGHUO_CONSOLE_URL)
  if (!said) return undefined
  const token = env.FENGHUO_CONSOLE_TOKEN
  return { url: originIn(said), ...(token && { token }) }
}

/** A token goes over TLS alone. */
function originIn(text: string): string {
  const url = URL.parse(text)
  const isLoopback = url !== null && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback))) return url.origin
  throw new CommandError({
    en: `the console ${text}: write https://HOST; http is for this machine alone`,
    zh: `控制台 ${text}：写成 https://HOST；http 只用于本机`,
  })
}
