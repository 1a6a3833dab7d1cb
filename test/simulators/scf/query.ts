import { Refused } from './refused.ts'

/** Whether a record of a log topic is found. */
export type Test = (fields: Record<string, string>) => boolean

// The full-text index of the topic that SCF makes, and the words of CQL: cloud.tencent.com/document/product/614/47044.
const SEPARATORS = /[@&()='",;:<>[\]{}/ \n\t\r]+/
const TOKEN = /\s*(?:([()])|(\w+)\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([^\s()":]+))|"((?:[^"\\]|\\.)*)"|([^\s()":]+))/y

type Token = { kind: 'sign'; text: string } | { kind: 'test'; test: Test }

/**
 * Reads a condition: `key:value`, `key:"value"`, words and "phrases" joined by AND, OR, NOT and parentheses. A key's
 * value is compared as a whole, `*` standing for any characters; words are looked for in all fields. Statistics (`|`)
 * are not simulated.
 */
export function readQuery(text: string): Test {
  if (text.trim() === '' || text.trim() === '*') return () => true
  const tokens = tokenize(text)
  const test = anyOf(tokens)
  if (tokens.length > 0) throw syntaxError(text)
  return test
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const match = TOKEN.exec(text)
    if (!match) throw syntaxError(text)
    const [, bracket, key, quoted, bare, phrase, word] = match
    if (bracket !== undefined) tokens.push({ kind: 'sign', text: bracket })
    else if (key !== undefined) tokens.push({ kind: 'test', test: valueTest(key, unquote(quoted) ?? bare ?? '') })
    else if (phrase !== undefined) tokens.push({ kind: 'test', test: textTest(unquote(phrase) ?? '') })
    else if (/^(AND|OR|NOT)$/i.test(word ?? '')) tokens.push({ kind: 'sign', text: String(word).toUpperCase() })
    else if (word === '|') throw syntaxError(text)
    else tokens.push({ kind: 'test', test: textTest(word ?? '') })
  }
  return tokens
}

function unquote(text: string | undefined): string | undefined {
  return text?.replace(/\\(.)/g, '$1')
}

function valueTest(key: string, value: string): Test {
  const pattern = new RegExp(`^${value.split('*').map(literally).join('.*')}$`, 's')
  return (fields) => pattern.test(fields[key] ?? '')
}

/** The words of the text one after the other, in any field. */
function textTest(text: string): Test {
  const words = text.split(SEPARATORS).filter((word) => word !== '')
  const patterns = words.map((word) => new RegExp(`^${word.split('*').map(literally).join('.*')}$`))
  return (fields) =>
    Object.values(fields).some((value) => {
      const found = value.split(SEPARATORS)
      return found.some((_, at) => patterns.every((pattern, index) => pattern.test(found[at + index] ?? '')))
    })
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function anyOf(tokens: Token[]): Test {
  const tests = [allOf(tokens)]
  while (takes(tokens, 'OR')) tests.push(allOf(tokens))
  return (fields) => tests.some((test) => test(fields))
}

function allOf(tokens: Token[]): Test {
  const tests = [one(tokens)]
  while (takes(tokens, 'AND')) tests.push(one(tokens))
  return (fields) => tests.every((test) => test(fields))
}

function one(tokens: Token[]): Test {
  if (takes(tokens, 'NOT')) {
    const test = one(tokens)
    return (fields) => !test(fields)
  }
  if (takes(tokens, '(')) {
    const test = anyOf(tokens)
    if (!takes(tokens, ')')) throw syntaxError('(')
    return test
  }
  const token = tokens.shift()
  if (token?.kind !== 'test') throw syntaxError(token?.text ?? '')
  return token.test
}

function takes(tokens: Token[], sign: string): boolean {
  const [next] = tokens
  if (next?.kind !== 'sign' || next.text !== sign) return false
  tokens.shift()
  return true
}

function syntaxError(text: string): Refused {
  return new Refused('FailedOperation.SyntaxError', `The query is not understood near "${text}".`)
}
