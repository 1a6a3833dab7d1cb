import type { Grant } from '../../contracts/grant.ts'
import type { Bilingual, Language } from '../../contracts/words.ts'
import type { LastResortText } from '../../messages/last-resort.ts'
import type { ChannelIo, Delivery } from '../channel.ts'
import type { DiagnoseIo, Env } from '../diagnoses/diagnosis.ts'
import type { Found } from '../diagnoses/finding.ts'

/** The variables of a probe's environment, as a channel reads them. What is wrong is noted, and told all at once. */
export interface LastResortVariables {
  /** Without spaces around it; undefined when it is not set or empty. */
  given(name: string): string | undefined
  /** Notes when it is not set, which `because` asks for; then ''. */
  needed(name: string, because: string): string
  /** A list with commas, at most ten, each of a form. */
  list(name: string, form: RegExp, example: string): string[]
  wrong(problem: Bilingual): void
}

/**
 * How a channel tells people when a probe reaches no queue: with nothing but the environment of the function that the probe is.
 * Probes carry this half, without validation library or sender; the sender is `<type>.last-resort.ts` in the channel's folder, which
 * they load when it has come to that.
 */
export interface LastResort<Settings> {
  /** The type of the channel. */
  type: string
  /** Clouds whose probes can use it, as vantages name them; absent: all. */
  clouds?: readonly string[]
  /** What the role of a probe there has to be allowed for it. Absent: nothing. */
  permissions?: Grant[]
  /** The variable that names whom to tell: without it nobody is told this way. */
  recipients: string
  /** All variables that it reads, that one included, each with what it holds, for the documentation. */
  variables: Readonly<Record<string, Record<Language, string>>>
  /** Is told only what people are to be disturbed for. */
  urgentOnly: boolean
  /** Is called when `recipients` is set. */
  read(variables: LastResortVariables): Settings & { to: string[] }
  sender(): Promise<LastResortSender<Settings>>
  /** What tells, without sending, whether it would work. It is loaded by doctor alone, and never deployed. */
  diagnose?(): Promise<LastResortDiagnosis<Settings>>
}

/** The sending half. */
export interface LastResortSender<Settings> {
  /** Tells one recipient. Rejects never: every end is a `Delivery`. */
  send(text: LastResortText, to: string, settings: Settings, io: ChannelIo): Promise<Delivery>
}

/** What a diagnosis may use of the world. */
export interface DiagnoseLastResortIo extends DiagnoseIo {
  /** In which messages are written. */
  language: Language
  /** Of the deployed probe. */
  probeEnv: Env
}

export interface LastResortDiagnosis<Settings> {
  /** Looks at the recipients of one probe, and sends nothing. Rejects with what keeps it from looking. */
  lastResort(settings: Settings & { to: string[] }, io: DiagnoseLastResortIo, signal: AbortSignal): Promise<Found>
}
