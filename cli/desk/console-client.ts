import type { Bilingual } from '../../shared/contracts/words.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import type { ConsolePlace } from './place.ts'

/** Whoever sits at a terminal waits no longer, ms. */
const PATIENCE_MS = 15_000

/** A request whose answer is lost is sent again so often: under its key it is done once. */
const TIMES = 3
const PAUSE_MS = 1_000

/** The most that a page has. */
const PAGE = '100'

/** What a console has answered. */
export interface ConsoleAnswer {
  status: number
  text: string
}

/** Asks a console. */
export interface ConsoleClient {
  /** Rejects with a `CommandError` in the console's own words for everything that is neither done nor 409. */
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<ConsoleAnswer>
}

/** The pages of a list at a console, each asked for when those before it have been looked at. */
export async function* pagesOf<Page extends { next?: string | undefined }>(
  path: string,
  query: Record<string, string>,
  client: ConsoleClient,
): AsyncGenerator<Page> {
  let cursor: string | undefined
  do {
    const asked = new URLSearchParams({ ...query, limit: PAGE, ...(cursor !== undefined && { cursor }) })
    const page: Page = JSON.parse((await client.ask('GET', `${path}?${asked}`)).text)
    yield page
    cursor = page.next
  } while (cursor !== undefined)
}

export function consoleClient(place: ConsolePlace, io: CliIo): ConsoleClient {
  const { url, token } = place
  const bearing = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return {
    async ask(method, path, body) {
      const init = {
        method,
        headers: {
          ...bearing,
          'accept-language': io.language,
          ...(body && { 'content-type': 'application/json' }),
          ...(method !== 'GET' && { 'idempotency-key': `fenghuo-cli-${io.randomId()}` }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }
      for (let time = 1; ; time++) {
        const answer = await sent(url + path, init).catch((error: unknown) => {
          if (time === TIMES) throw silent(url, error, method !== 'GET')
          return undefined
        })
        if (answer !== undefined && (time === TIMES || !isForNow(answer))) return accepted(answer, place)
        await io.wait(PAUSE_MS * time)
      }
    },
  }
}

async function sent(url: string, init: RequestInit): Promise<ConsoleAnswer> {
  const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) })
  return { status: answer.status, text: await answer.text() }
}

/** A table does not answer, or the first time that this was sent is still being worked on. */
function isForNow({ status, text }: ConsoleAnswer): boolean {
  return status >= 500 || (status === 409 && text.includes('"in-progress"'))
}

function silent(url: string, error: unknown, isChanging: boolean): CommandError {
  const { cause = error } = Object(error) as { cause?: unknown }
  const why = cause instanceof Error ? cause.message : String(cause)
  const [en, zh] = isChanging
    ? ['it may have been done all the same: look before you ask again', '也许已经做了：先看一看再重试']
    : ['check the network and the address', '检查网络和地址']
  return new CommandError({ en: `${url} does not answer (${why}): ${en}`, zh: `${url} 没有应答（${why}）：${zh}` })
}

function accepted(answer: ConsoleAnswer, { url, token }: ConsolePlace): ConsoleAnswer {
  const { status, text } = answer
  const message = wordsIn(text)
  if (status === 401 && message !== undefined) throw noToken(url, token)
  if (status === 200 || (status === 409 && message === undefined)) return answer
  if (message !== undefined) throw new CommandError(message)
  throw new CommandError({
    en: `${url} answered ${status}, not as Fenghuo's console does: check the address`,
    zh: `${url} 应答 ${status}，不像是 Fenghuo 的控制台：检查地址`,
  })
}

function noToken(url: string, token: string | undefined): CommandError {
  if (token === undefined)
    return new CommandError({
      en: `${url} asks for a token: put one of its console.access into FENGHUO_CONSOLE_TOKEN`,
      zh: `${url} 需要令牌：把其 console.access 中的一个写进 FENGHUO_CONSOLE_TOKEN`,
    })
  return new CommandError({
    en: `${url} does not know the token in FENGHUO_CONSOLE_TOKEN: see console.access of its configuration`,
    zh: `${url} 不认识 FENGHUO_CONSOLE_TOKEN 里的令牌：见其配置的 console.access`,
  })
}

function wordsIn(text: string): Bilingual | undefined {
  try {
    const { message } = Object(Object(JSON.parse(text)).error)
    return typeof message?.en === 'string' && typeof message.zh === 'string' ? message : undefined
  } catch {
    return undefined
  }
}
