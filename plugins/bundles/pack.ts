import { compressed } from './compressed.ts'

/** Files in one, compressed together: a line with the name of each and where it begins and ends behind that line, and then the files. */
export function packed(files: [name: string, text: string][]): Buffer<ArrayBuffer> {
  let to = 0
  const places = files.map(([name, text]) => {
    const from = to
    to += Buffer.byteLength(text)
    return [name, from, to]
  })
  return compressed([`${JSON.stringify(places)}\n`, ...files.map(([, text]) => text)].join(''))
}
