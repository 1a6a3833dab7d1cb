import { byteLength } from '../server.ts'
import type { Action, Flow, Operator } from './flow-rules.ts'
import { lookUp, type Scope, substitute } from './references.ts'

const LAMBDA_ANSWER_BYTES = 32 * 1024
const MAX_SPOKEN = 3000
/** A flow that goes round without ever waiting for anybody. */
const MAX_STEPS = 1000

/** The call a flow runs in. Its promises reject when the call is over: that ends the flow. */
export interface FlowHost {
  /** The contact's data, without External. */
  scope(): Scope
  attributes: Record<string, string>
  speak(text: string, voice: string): Promise<void>
  /** Speaks and waits for a key; undefined when `limitMs` passed after the text. */
  listen(text: string, voice: string, limitMs: number): Promise<string | undefined>
  /** Hands the caller to a bot, which says a text first; absent: the instance has none. */
  talk?(aliasArn: string, text: string): Promise<void>
  /** `failed` when the function threw, or was not back in `limitMs`. */
  invoke(
    arn: string,
    parameters: Record<string, string>,
    limitMs: number,
  ): Promise<{ answer: unknown } | { failed: string }>
}

/** Runs a flow in a call, from its start action to the DisconnectParticipant. */
export async function runFlow(flow: Flow, host: FlowHost): Promise<void> {
  const loops = new Map<string, number>()
  let voice = 'Joanna'
  let external: unknown = {}
  let next: string = flow.start

  for (let step = 0; step < MAX_STEPS; step++) {
    const action = flow.actions.get(next)
    if (!action || action.Type === 'DisconnectParticipant') return
    next = await act(action)
  }
  throw new Error(`the flow made ${MAX_STEPS} steps without an end`)

  async function act(action: Exclude<Action, { Type: 'DisconnectParticipant' }>): Promise<string> {
    const scope = { ...host.scope(), Attributes: host.attributes, External: external }
    switch (action.Type) {
      case 'UpdateFlowLoggingBehavior':
        return onward(action)
      case 'UpdateContactTextToSpeechVoice': {
        const chosen = substitute(action.Parameters.TextToSpeechVoice, scope)
        if (!/^[A-Z][a-z]+$/.test(chosen)) return onError(action, 'NoMatchingError')
        voice = chosen
        return onward(action)
      }
      case 'InvokeLambdaFunction':
        return invoke(action, scope)
      case 'Compare': {
        const value = lookUp(action.Parameters.ComparisonValue, scope)
        return onCondition(action, (operator, operand) => compare(operator, value, substitute(operand, scope)))
      }
      case 'MessageParticipant': {
        const text = spokenText(action.Parameters, scope)
        if (text === undefined) return onError(action, 'NoMatchingError')
        await host.speak(text, voice)
        return onward(action)
      }
      case 'GetParticipantInput': {
        const text = spokenText(action.Parameters, scope)
        if (text === undefined) return onError(action, 'NoMatchingError')
        const key = await host.listen(text, voice, Number(action.Parameters.InputTimeLimitSeconds) * 1000)
        if (key === undefined) return onError(action, 'InputTimeLimitExceeded')
        return onCondition(action, (_, operand) => operand === key)
      }
      case 'UpdateContactAttributes':
        for (const [key, value] of Object.entries(action.Parameters.Attributes)) {
          host.attributes[key] = substitute(value, scope)
        }
        return onward(action)
      case 'ConnectParticipantWithLexBot': {
        if (host.talk === undefined) throw new Error('This instance has no bot')
        await host.talk(action.Parameters.LexV2Bot.AliasArn, spokenText(action.Parameters, scope) ?? '')
        return onward(action)
      }
      case 'Loop': {
        const done = loops.get(action.Identifier) ?? 0
        const more = done < Number(action.Parameters.LoopCount)
        loops.set(action.Identifier, more ? done + 1 : 0)
        return onCondition(action, (_, operand) => operand === (more ? 'ContinueLooping' : 'DoneLooping'))
      }
    }
  }

  async function invoke(action: Extract<Action, { Type: 'InvokeLambdaFunction' }>, scope: Scope): Promise<string> {
    const { LambdaFunctionARN, LambdaInvocationAttributes = {}, ...limits } = action.Parameters
    const given = Object.entries(LambdaInvocationAttributes).map(([key, value]) => [key, substitute(value, scope)])
    const limitMs = Number(limits.InvocationTimeLimitSeconds) * 1000
    const result = await host.invoke(substitute(LambdaFunctionARN, scope), Object.fromEntries(given), limitMs)
    const fits = limits.ResponseValidation?.ResponseType === 'JSON' ? isObject : isStringMap
    // Only the newest function's answer is kept, and a failed one leaves nothing to rely on.
    external = 'answer' in result && fits(result.answer) ? result.answer : undefined
    return external === undefined ? onError(action, 'NoMatchingError') : onward(action)
  }
}

function onward({ Identifier, Transitions }: Action): string {
  if (Transitions.NextAction === undefined) throw new Error(`${Identifier} leads nowhere`)
  return Transitions.NextAction
}

function onError({ Identifier, Transitions }: Action, error: string): string {
  const wired = Transitions.Errors?.find(({ ErrorType }) => ErrorType === error)
  if (!wired) throw new Error(`${Identifier} has no transition for ${error}`)
  return wired.NextAction
}

function onCondition(action: Action, holds: (operator: Operator, operand: string) => boolean): string {
  const met = action.Transitions.Conditions?.find(({ Condition }) =>
    holds(Condition.Operator, Condition.Operands[0] ?? ''),
  )
  return met ? met.NextAction : onError(action, 'NoMatchingCondition')
}

function compare(operator: Operator, value: string | undefined, operand: string): boolean {
  if (value === undefined) return false
  switch (operator) {
    case 'Equals':
      return value === operand
    case 'TextStartsWith':
      return value.startsWith(operand)
    case 'TextEndsWith':
      return value.endsWith(operand)
    case 'TextContains':
      return value.includes(operand)
    case 'NumberGreaterThan':
      return Number(value) > Number(operand)
    case 'NumberGreaterOrEqualTo':
      return Number(value) >= Number(operand)
    case 'NumberLessThan':
      return Number(value) < Number(operand)
    case 'NumberLessOrEqualTo':
      return Number(value) <= Number(operand)
  }
}

/** What a voice can say of a prompt; undefined when there is nothing to say, or too much. */
function spokenText(
  prompt: { Text?: string | undefined; SSML?: string | undefined },
  scope: Scope,
): string | undefined {
  const text = substitute(prompt.Text ?? prompt.SSML?.replace(/<[^>]*>/g, '') ?? '', scope).trim()
  return text === '' || text.length > MAX_SPOKEN ? undefined : text
}

function isObject(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && byteLength(JSON.stringify(answer)) < LAMBDA_ANSWER_BYTES
}

/** Flat, strings only, keys of letters, digits, - and _: anything else takes the error branch at the vendor too. */
function isStringMap(answer: unknown): boolean {
  if (!isObject(answer) || Array.isArray(answer)) return false
  return Object.entries(answer as object).every(
    ([key, value]) => typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(key),
  )
}
