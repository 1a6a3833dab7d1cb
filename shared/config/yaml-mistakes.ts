import {
  type Alias,
  type Document,
  isNode,
  isScalar,
  type LineCounter,
  type Node,
  type Scalar,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import { type Mistake, mistake } from '../contracts/mistake.ts'

/** What people get wrong in YAML, found and said so that they know what to do. */

/** Where a text begins that was written in another encoding: what is no UTF-8 is read as U+FFFD, UTF-16 as zeros between letters. */
export function notUtf8(text: string): number | undefined {
  const offset = text.search(/[\uFFFD\0]/)
  return offset < 0 ? undefined : offset
}

export const NOT_UTF8 = mistake('not-utf8', {
  en: 'is not UTF-8 from here on: save the file as UTF-8, not as GBK or UTF-16',
  zh: '从这里起不是 UTF-8：请把文件存为 UTF-8，而不是 GBK 或 UTF-16',
})

export const FULL_WIDTH_COLON = mistake('full-width-colon', {
  en: 'a full-width colon （：）: YAML wants `: `, a colon and a space',
  zh: '全角冒号（：）：YAML 要的是 `: `，半角冒号加空格',
})

/** Where a line begins with what looks like a key and a full-width colon. */
export function fullWidthColons(text: string, counter: LineCounter): { offset: number; line: number }[] {
  return [...text.matchAll(/^[ \t]*(?:- )?[\w.-]+(?=：)/gm)].map((match) => {
    const offset = match.index + match[0].length
    return { offset, line: counter.linePos(offset).line }
  })
}

/**
 * One mistake makes the parser stumble over everything behind it: of a line only the first error is worth reading, and none
 * behind a quote or bracket that is not closed.
 */
export function worthReading(errors: YAMLError[], counter: LineCounter): YAMLError[] {
  const unclosed = errors.findIndex(({ code }) => code === 'MISSING_CHAR')
  const lines = new Set<number>()
  return errors.slice(0, unclosed < 0 ? errors.length : unclosed + 1).filter((error, index) => {
    const { line } = counter.linePos(error.pos[0])
    if (lines.has(line)) return false
    lines.add(line)
    return index === 0 || error.code !== 'UNEXPECTED_TOKEN'
  })
}

/** The plain keys of a mapping after which nothing follows: inside `{ }` a key and its value are one of them if the colon is wide. */
export function withoutValue(map: YAMLMap): Scalar[] {
  return map.items.flatMap(({ key, value }) =>
    isScalar(key) && key.type === 'PLAIN' && (value === null || (isScalar(value) && value.source === '')) ? [key] : [],
  )
}

export function wideColonIn(key: Scalar): number | undefined {
  const at = key.source?.search(/(?<=^[\w.-]+)：/) ?? -1
  return at < 0 ? undefined : start(key) + at
}

export function aliasProblem(alias: Alias, document: Document, ancestors: readonly unknown[]): Mistake | undefined {
  const meant = alias.resolve(document)
  if (!meant) {
    return mistake('no-anchor', {
      en: `\`*${alias.source}\` has no anchor \`&${alias.source}\` before it; a text that starts with * needs quotes`,
      zh: `\`*${alias.source}\` 之前没有锚点 \`&${alias.source}\`；以 * 开头的文本要加引号`,
    })
  }
  if (!ancestors.includes(meant)) return undefined
  return mistake('circle', {
    en: `\`*${alias.source}\` stands inside what it stands for`,
    zh: `\`*${alias.source}\` 在它所代表的内容之中`,
  })
}

export const GIVEN_TWICE = mistake('given-twice', {
  en: 'this key is given twice: keep one of them',
  zh: '这个键写了两次：留下一个',
})

export function givenTwice(map: YAMLMap): Node[] {
  const met = new Set<unknown>()
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key) || !met.has(key.value)) {
      if (isScalar(key)) met.add(key.value)
      return []
    }
    return [key]
  })
}

export const INDENTED_OTHERWISE = mistake('indented-otherwise', {
  en: 'is indented otherwise than what stands beside it: give all of it the same number of spaces',
  zh: '缩进与旁边的不一致：都用同样多的空格',
})

/** Where a key begins that the parser takes for more of the value on the line above, as it is indented deeper than that one's key. */
export function indentedDeeper({ code, pos }: YAMLError, text: string): number | undefined {
  const [value = '', ...after] = text.slice(pos[0]).split('\n')
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' || /:\s/.test(value) || after.length === 0) return undefined
  return pos[0] + value.length + 1 + (after[0]?.search(/\S/) ?? 0)
}

export function remedy(error: YAMLError): Mistake {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return mistake('tab', {
        en: 'a tab in the indentation: YAML wants spaces',
        zh: '缩进里有制表符：YAML 要用空格',
      })
    case 'BLOCK_AS_IMPLICIT_KEY':
      return mistake('second-colon', {
        en: 'a second `: ` on the line: put a value that holds one in quotes',
        zh: '这一行有第二个 `: `：含有它的值要加引号',
      })
    case 'BAD_SCALAR_START':
      return mistake('not-quoted', {
        en: 'a value that starts with this character needs quotes',
        zh: '以这个字符开头的值要加引号',
      })
    case 'BAD_INDENT':
      if (error.message.includes('same column')) return INDENTED_OTHERWISE
      return mistake('bad-indent', {
        en: `${error.message}; check the indentation, and that brackets are closed`,
        zh: `缩进不对，或括号没有闭合（${error.message}）`,
      })
    case 'MULTIPLE_DOCS':
      return mistake('second-document', {
        en: 'a second document begins here: one file holds one, remove the `---`',
        zh: '这里开始了第二份文档：一个文件只有一份，去掉 `---`',
      })
    default:
      return mistake('no-yaml', { en: error.message, zh: `读不成 YAML：${error.message}` })
  }
}

/** The offset of a node; the beginning of the text for what is none. */
export function start(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}
