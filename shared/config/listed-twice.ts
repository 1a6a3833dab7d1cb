import { mistake } from '../contracts/mistake.ts'
import type { Reader } from './reader.ts'
import type { Path } from './yaml.ts'

/** Notes each text of a list that stands in it already: the second says nothing, and hardly is what was meant. */
export function noteTwice(reader: Reader, path: Path): void {
  const list = reader.get(path)
  if (!Array.isArray(list)) return
  for (const [index, entry] of list.entries()) {
    if (typeof entry !== 'string' || list.indexOf(entry) === index) continue
    const words = {
      en: `\`${entry}\` stands in this list already: take one out, or write who was meant`,
      zh: `\`${entry}\` 在这个列表里已经有了：删掉一个，或改成本来想写的`,
    }
    reader.note([...path, index], mistake('listed-twice', words))
  }
}
