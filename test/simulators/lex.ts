import { type SigningKeys, signatureFault } from './connect/signature.ts'
import { faultOf, type Refusal } from './failures.ts'
import {
  jsonObject,
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

export interface LexOptions extends ServerOptions {
  now(): number
  keys: Omit<SigningKeys, 'service'>
  /** The intent that is understood in a text, and what is replied. */
  understand?(text: string): { intent?: string; reply?: string }
}

export interface LexSimulator extends VendorServer {
  /** Sessions that are open, by id. */
  sessions: Set<string>
  /** What was said, oldest first. */
  said: string[]
  /** The bot's alias is deleted. */
  deleteAlias(): void
}

const BOT = 'ABCDEFGHIJ'
const ALIAS = 'KLMNOPQRST'
const LOCALE = 'en_US'

/** The ARN of the one alias that there is. */
export const lexAlias = (region: string) => `arn:aws:lex:${region}:123456789012:bot-alias/${BOT}/${ALIAS}`

const PATH = /^\/bots\/([^/]+)\/botAliases\/([^/]+)\/botLocales\/([^/]+)\/sessions\/([^/]+)(\/text)?$/
const SESSION_ID = /^[0-9a-zA-Z._:-]{2,100}$/
const dialogActions = ['Close', 'ConfirmIntent', 'Delegate', 'ElicitIntent', 'ElicitSlot', 'None']

const statuses: Record<string, number> = {
  ValidationException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  DependencyFailedException: 424,
  ThrottlingException: 429,
  InternalServerException: 500,
  BadGatewayException: 502,
}

/** An error as all of Lex's are: its name in a header, and a message. */
export function lexError(type: string, message = ''): VendorAnswer {
  return { status: statuses[type] ?? 400, headers: { 'x-amzn-errortype': type }, body: { message } }
}

/** The runtime of Lex V2 (2020-08-07) in one region, with one bot: PutSession, RecognizeText, DeleteSession. It refuses as Lex does. */
export async function startLex(options: LexOptions): Promise<LexSimulator> {
  const { now, keys, understand } = options
  const sessions = new Set<string>()
  const said: string[] = []
  let hasAlias = true

  function answer(request: VendorRequest): VendorAnswer {
    const fault = signatureFault(request, { ...keys, service: 'lex' }, now())
    if (fault !== undefined) return { ...lexError(fault.type, fault.message), status: 403 }
    const [, bot, alias, locale, session = '', text] = PATH.exec(request.path) ?? []
    if (!SESSION_ID.test(session)) return lexError('ValidationException', 'no such path')
    if (bot !== BOT || alias !== ALIAS || locale !== LOCALE || !hasAlias) {
      return lexError('ResourceNotFoundException', 'Could not find bot')
    }
    if (request.method === 'DELETE' && text === undefined) return farewell(session)
    if (request.method !== 'POST') return lexError('ValidationException', 'no such operation')
    return text === undefined ? putSession(session, request) : recognizeText(session, request)
  }

  function putSession(session: string, request: VendorRequest): VendorAnswer {
    const { sessionState } = jsonObject(request.body) ?? {}
    const type = Object(Object(sessionState).dialogAction).type
    if (!dialogActions.includes(type)) return lexError('ValidationException', 'sessionState is required')
    sessions.add(session)
    // Everything is said in headers; audio would be in the body.
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-amz-lex-session-id': session },
      body: Buffer.alloc(0),
    }
  }

  function recognizeText(sessionId: string, request: VendorRequest): VendorAnswer {
    const { text } = jsonObject(request.body) ?? {}
    if (typeof text !== 'string' || text.length < 1 || text.length > 1024) {
      return lexError('ValidationException', 'text must have 1 to 1024 characters')
    }
    sessions.add(sessionId)
    said.push(text)
    const { intent, reply } = understand?.(text) ?? {}
    const messages = reply === undefined ? [] : [{ content: reply, contentType: 'PlainText' }]
    const sessionState = intent === undefined ? {} : { intent: { name: intent, state: 'InProgress' } }
    return { status: 200, body: { messages, sessionState, sessionId } }
  }

  function farewell(sessionId: string): VendorAnswer {
    if (!sessions.delete(sessionId)) return lexError('ResourceNotFoundException', 'Could not find session')
    return { status: 200, body: { botId: BOT, botAliasId: ALIAS, localeId: LOCALE, sessionId } }
  }

  function deleteAlias(): void {
    hasAlias = false
  }

  function refuse(failure: Refusal): VendorAnswer {
    const { code, message } = faultOf(failure, { code: 'ThrottlingException', message: 'Too many requests' })
    return lexError(String(code), message)
  }

  const server = await startVendorServer({ answer, refuse }, options)
  return Object.assign(server, { sessions, said, deleteAlias })
}
