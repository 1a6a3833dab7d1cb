import * as z from 'zod'
import { type Dynamic, referenceFault } from './references.ts'

// Amazon Connect "Flow language" reference. Action types that are not listed here are refused, not skipped.

const OPERATORS = [
  'Equals',
  'TextStartsWith',
  'TextEndsWith',
  'TextContains',
  'NumberGreaterThan',
  'NumberGreaterOrEqualTo',
  'NumberLessThan',
  'NumberLessOrEqualTo',
] as const
const RESERVED = [
  '__proto__',
  'constructor',
  'toString',
  'toLocaleString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
]
const MAX_TEXT = 3000

const transitions = z.strictObject({
  NextAction: z.string().optional(),
  Errors: z.array(z.strictObject({ ErrorType: z.string(), NextAction: z.string() })).optional(),
  Conditions: z
    .array(
      z.strictObject({
        NextAction: z.string(),
        Condition: z.strictObject({ Operator: z.enum(OPERATORS), Operands: z.array(z.string()).length(1) }),
      }),
    )
    .optional(),
})
export type Transitions = z.infer<typeof transitions>
export type Operator = (typeof OPERATORS)[number]

/** A number as console exports write it: a string. */
function count(min: number, max: number) {
  return z.string().refine((text) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max, {
    message: `must be a number from ${min} to ${max}, as a string`,
  })
}

function dynamic(allowed: Dynamic) {
  return z.string().superRefine((value, context) => {
    const message = referenceFault(value, allowed)
    if (message) context.addIssue({ code: 'custom', message })
  })
}

const attributeMap = z.record(z.string().regex(/^[A-Za-z0-9_-]+$/), dynamic('static-or-path'))
const spoken = dynamic('text').refine(
  (text) => text.length > 0 && text.length <= MAX_TEXT,
  `1 to ${MAX_TEXT} characters`,
)
const exactlyOneText = { message: 'needs exactly one of Text and SSML' }

const parameters = {
  UpdateFlowLoggingBehavior: z.strictObject({ FlowLoggingBehavior: z.enum(['Enabled', 'Disabled']) }),
  UpdateContactTextToSpeechVoice: z
    .strictObject({
      TextToSpeechVoice: dynamic('static-or-path'),
      TextToSpeechEngine: z
        .literal(['Standard', 'Neural', 'Generative', 'standard', 'neural', 'generative'])
        .optional(),
      TextToSpeechStyle: z.enum(['None', 'Conversational', 'Newscaster']).optional(),
    })
    .refine(({ TextToSpeechVoice: voice, TextToSpeechEngine: engine }) => {
      const name = engine?.toLowerCase()
      return !(voice === 'Zhiyu' && name === 'generative') && !(voice === 'Hiujin' && name !== 'neural')
    }, 'the voice does not have this engine'),
  InvokeLambdaFunction: z.strictObject({
    LambdaFunctionARN: dynamic('static-or-path'),
    InvocationTimeLimitSeconds: count(1, 8),
    InvocationType: z.literal('SYNCHRONOUS').optional(),
    LambdaInvocationAttributes: attributeMap.optional(),
    ResponseValidation: z.strictObject({ ResponseType: z.enum(['STRING_MAP', 'JSON']) }).optional(),
  }),
  Compare: z.strictObject({ ComparisonValue: dynamic('path') }),
  MessageParticipant: z
    .strictObject({ Text: spoken.optional(), SSML: spoken.optional() })
    .refine(({ Text, SSML }) => (Text === undefined) !== (SSML === undefined), exactlyOneText),
  GetParticipantInput: z
    .strictObject({
      Text: spoken.optional(),
      SSML: spoken.optional(),
      InputTimeLimitSeconds: count(1, 180),
      StoreInput: z.literal('False', 'only "False" is simulated'),
      DTMFConfiguration: z.strictObject({ InterdigitTimeLimitSeconds: count(1, 20).optional() }).optional(),
    })
    .refine(({ Text, SSML }) => (Text === undefined) !== (SSML === undefined), exactlyOneText),
  UpdateContactAttributes: z.strictObject({
    Attributes: attributeMap,
    TargetContact: z.literal('Current', 'only "Current" is simulated').optional(),
  }),
  ConnectParticipantWithLexBot: z
    .strictObject({
      Text: spoken.optional(),
      SSML: spoken.optional(),
      LexV2Bot: z.strictObject({
        AliasArn: z.string().regex(/^arn:aws:lex:[a-z0-9-]+:\d{12}:bot-alias\/\w{10}\/\w{10}$/),
      }),
    })
    .refine(({ Text, SSML }) => (Text === undefined) !== (SSML === undefined), exactlyOneText),
  Loop: z.strictObject({ LoopCount: count(0, 100) }),
  DisconnectParticipant: z.strictObject({}),
}
export type ActionType = keyof typeof parameters
/** One action, its parameters as the flow language has them. */
export type Action = {
  [T in ActionType]: {
    Identifier: string
    Type: T
    Parameters: z.infer<(typeof parameters)[T]>
    Transitions: Transitions
  }
}[ActionType]

export interface Flow {
  start: string
  actions: Map<string, Action>
}

/** Exactly these errors must be wired, no fewer and no others. */
const ERRORS: Record<ActionType, string[]> = {
  UpdateFlowLoggingBehavior: [],
  UpdateContactTextToSpeechVoice: ['NoMatchingError'],
  InvokeLambdaFunction: ['NoMatchingError'],
  Compare: ['NoMatchingCondition'],
  MessageParticipant: ['NoMatchingError'],
  GetParticipantInput: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'],
  UpdateContactAttributes: ['NoMatchingError'],
  ConnectParticipantWithLexBot: ['InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'],
  Loop: [],
  DisconnectParticipant: [],
}
const WITH_CONDITIONS: ActionType[] = ['Compare', 'GetParticipantInput', 'Loop']

const envelope = z.strictObject({
  Version: z.literal('2019-10-30'),
  StartAction: z.string(),
  Metadata: z.record(z.string(), z.unknown()).optional(),
  Actions: z
    .array(
      z.strictObject({
        Identifier: z
          .string()
          .min(1)
          .max(50)
          .regex(/^[^%:(\\/)=$,;[\]{}]+$/, 'holds a forbidden character')
          .refine((id) => !RESERVED.includes(id), 'is a reserved name'),
        Type: z.string(),
        Parameters: z.record(z.string(), z.unknown()),
        Transitions: transitions,
      }),
    )
    .min(1)
    .max(250),
})

/** Reads a flow's content as CreateContactFlow would. Throws one error that lists every problem. */
export function readFlow(content: unknown): Flow {
  const read = envelope.safeParse(content)
  if (!read.success) throw invalid(read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))

  const problems: string[] = []
  const actions = new Map<string, Action>()
  for (const { Identifier, Type, Parameters, Transitions } of read.data.Actions) {
    if (actions.has(Identifier)) problems.push(`Duplicate action identifier: ${Identifier}`)
    if (!Object.hasOwn(parameters, Type)) {
      problems.push(`Invalid action type of ${Identifier}: ${Type}`)
      continue
    }
    const result = parameters[Type as ActionType].safeParse(Parameters)
    for (const issue of result.error?.issues ?? []) {
      problems.push(`Invalid parameter of ${Identifier}: ${issue.path.join('.')} ${issue.message}`)
    }
    actions.set(Identifier, { Identifier, Type, Parameters: result.data, Transitions } as Action)
  }
  const known = new Set(read.data.Actions.map(({ Identifier }) => Identifier))
  if (!known.has(read.data.StartAction)) problems.push(`Invalid StartAction: ${read.data.StartAction}`)
  for (const action of actions.values()) problems.push(...transitionFaults(action, known))
  if (problems.length > 0) throw invalid(problems)
  return { start: read.data.StartAction, actions }
}

function transitionFaults({ Identifier, Type, Transitions }: Action, known: Set<string>): string[] {
  const { NextAction, Errors = [], Conditions = [] } = Transitions
  const problems: string[] = []
  const targets = [NextAction, ...Errors.map((e) => e.NextAction), ...Conditions.map((c) => c.NextAction)]
  for (const target of targets) {
    if (target !== undefined && !known.has(target))
      problems.push(`Invalid action transition: ${Identifier} → ${target}`)
  }
  const wired = Errors.map(({ ErrorType }) => ErrorType)
  if ([...wired].sort().join() !== [...ERRORS[Type]].sort().join()) {
    problems.push(`Errors of ${Identifier} (${Type}) must be [${ERRORS[Type]}], not [${wired}]`)
  }
  if (Type === 'DisconnectParticipant' ? NextAction !== undefined : NextAction === undefined && Type !== 'Loop') {
    problems.push(
      `NextAction of ${Identifier} (${Type}) ${NextAction === undefined ? 'is missing' : 'must not be there'}`,
    )
  }
  return [...problems, ...conditionFaults(Identifier, Type, Conditions)]
}

function conditionFaults(id: string, type: ActionType, conditions: NonNullable<Transitions['Conditions']>): string[] {
  if (!WITH_CONDITIONS.includes(type)) return conditions.length > 0 ? [`${id} (${type}) takes no conditions`] : []
  const operands = conditions.map(({ Condition }) => Condition.Operands[0] ?? '')
  const onlyEquals = conditions.every(({ Condition }) => Condition.Operator === 'Equals')
  if (type === 'GetParticipantInput' && !(onlyEquals && operands.every((key) => /^[0-9*#]$/.test(key)))) {
    return [`Conditions of ${id} must be Equals with one of 0-9 * #`]
  }
  if (type === 'Loop' && !(onlyEquals && [...operands].sort().join() === 'ContinueLooping,DoneLooping')) {
    return [`Conditions of ${id} must be Equals ContinueLooping and Equals DoneLooping`]
  }
  return operands
    .flatMap((operand) => referenceFault(operand, 'static-or-path') ?? [])
    .map((fault) => `${id}: ${fault}`)
}

function invalid(problems: string[]): Error {
  return new Error(`InvalidContactFlowException:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
}
