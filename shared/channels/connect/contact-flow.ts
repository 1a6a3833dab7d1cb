import type { KeyEvent } from '../../contracts/phone-keys.ts'
import type { Language } from '../../contracts/words.ts'
import { action, compare, type Flow, type FlowAction, flowOf } from './flow-blocks.ts'
import { connectKeys } from './keys.ts'

interface Speech {
  voice: string
  /** No key was pressed, and the function that should have said so did not answer. */
  noKey: string
  /** A key was pressed, and the function that should have taken it did not. */
  notTaken: string
}

/** Voices are Amazon Polly's neural ones; Zhiyu is its only Mandarin voice. */
const speech: Record<Language, Speech> = {
  zh: {
    voice: 'Zhiyu',
    noKey: '没有收到按键，稍后将再次呼叫或转给下一位。',
    notTaken: '系统没有记录您的按键，请再按一次，或者从群消息或链接认领。',
  },
  en: {
    voice: 'Joanna',
    noKey: 'No key received. We will call again or pass it on.',
    notTaken: 'Your key was not recorded. Please press it again, or acknowledge in chat or by the link.',
  },
}

const goodbye = 'goodbye'

/** How long somebody may think before pressing a key, in seconds, from the end of what is said. */
const KEY_SECONDS = '8'

/** A flow waits at most 8 s for a function that it calls synchronously (Administrator Guide, "Invoke Lambda functions"). */
const LAMBDA_SECONDS = '8'

/**
 * The flow that every call runs: it tells `acknowledge` that somebody answered, says what that function answers, and brings it
 * each key. The menu is played at most three times, in a chain of blocks; twice without a key is the end. When the function
 * can't be reached the flow says the contact attribute `message` in its place.
 *
 * @param lambdaArn the acknowledge function's ARN, or what CloudFormation substitutes with it
 */
export function contactFlow(lambdaArn: string): Flow {
  const actions = [
    action('log', 'UpdateFlowLoggingBehavior', { FlowLoggingBehavior: 'Enabled' }, { next: 'language' }),
    compare('language', '$.Attributes.language', { zh: 'voice-zh', en: 'voice-en' }, 'voice-zh'),
    ...conversation('zh', lambdaArn),
    ...conversation('en', lambdaArn),
    action(goodbye, 'DisconnectParticipant', {}, {}),
  ]
  return flowOf(actions)
}

/** All blocks of the call in one language: what is said when nothing else answers can't change its language. */
function conversation(language: Language, lambdaArn: string): FlowAction[] {
  const { voice, noKey, notTaken } = speech[language]
  const id = (name: string) => `${name}-${language}`
  const ask = (name: string, parameters: Record<string, string>, next: string, error: string) =>
    action(
      id(name),
      'InvokeLambdaFunction',
      {
        LambdaFunctionARN: lambdaArn,
        InvocationTimeLimitSeconds: LAMBDA_SECONDS,
        InvocationType: 'SYNCHRONOUS',
        LambdaInvocationAttributes: parameters,
        ResponseValidation: { ResponseType: 'STRING_MAP' },
      },
      { next: id(next), errors: { NoMatchingError: id(error) } },
    )
  const result = (name: string, next: Record<string, string>, otherwise: string) =>
    compare(id(name), '$.External.result', mapValues(next, id), id(otherwise))
  const say = (name: string, text: string) =>
    action(id(name), 'MessageParticipant', { Text: text }, { next: goodbye, errors: { NoMatchingError: goodbye } })
  const menu = (name: string, text: string, repeat: string, silence: string, broken: string) =>
    action(
      id(name),
      'GetParticipantInput',
      { Text: text, InputTimeLimitSeconds: KEY_SECONDS, StoreInput: 'False' },
      {
        next: id(repeat),
        keys: Object.fromEntries(
          connectKeys.map(({ key, event }) => [key, id(event === 'repeat' ? repeat : `key-${key}`)]),
        ),
        errors: { InputTimeLimitExceeded: id(silence), NoMatchingCondition: id(repeat), NoMatchingError: id(broken) },
      },
    )
  const menus = (name: string, text: string, broken: string) => [
    menu(`${name}-1`, text, `${name}-2`, `${name}-2`, broken),
    menu(`${name}-2`, text, `${name}-3`, 'no-key', broken),
    menu(`${name}-3`, text, 'no-key', 'no-key', broken),
  ]
  const decide = (name: string, key: string) => [
    ask(name, { action: 'key', key }, `${name}-result`, 'not-taken'),
    result(`${name}-result`, { ok: 'said', taken: 'said', failed: 'again' }, 'not-taken'),
  ]
  /** What follows a key. */
  const press: Record<KeyEvent, (name: string, key: string) => FlowAction[]> = {
    acknowledge: decide,
    snooze: decide,
    pass: decide,
    list: (name, key) => [
      ask(name, { action: 'key', key }, `${name}-result`, 'message-3'),
      result(`${name}-result`, { ok: `${name}-said`, taken: 'said' }, 'message-3'),
      menu(`${name}-said`, '$.External.say', name, 'no-key', 'message-3'),
    ],
    repeat: () => [],
  }

  return [
    action(
      id('voice'),
      'UpdateContactTextToSpeechVoice',
      { TextToSpeechVoice: voice, TextToSpeechEngine: 'Neural', TextToSpeechStyle: 'None' },
      { next: id('answered'), errors: { NoMatchingError: id('answered') } },
    ),
    ask('answered', { action: 'answered' }, 'answered-result', 'message-1'),
    result('answered-result', { ok: 'menu-1', several: 'menu-1', taken: 'said' }, 'message-1'),
    ...menus('menu', '$.External.say', 'message-1'),
    ...menus('message', '$.Attributes.message', 'no-key'),

    ...connectKeys.flatMap(({ key, event }) => press[event](`key-${key}`, key)),
    // What could not be written down is asked for once more, for as long as somebody presses it.
    menu('again', '$.External.say', 'again', 'no-key', 'not-taken'),
    menu('not-taken', notTaken, 'not-taken', 'no-key', 'no-key'),

    ask('no-key', { action: 'no-key' }, 'no-key-result', 'no-key-said'),
    result('no-key-result', { ok: 'said' }, 'no-key-said'),
    say('no-key-said', noKey),

    say('said', '$.External.say'),
  ]
}

function mapValues(record: Record<string, string>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
