// Runs in the function's own process, on the function's own Node (18 or newer): see instance.ts for what is said over
// the channel. A vendor's bootstrap calls `serve` with what that vendor does differently.
const { join } = require('node:path')

/** What is printed goes through the channel too, so that it is there before the answer that follows it. */
function sendOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, done) => {
      const text = Buffer.isBuffer(chunk) ? chunk.toString() : String(chunk)
      process.send({ kind: 'output', text }, typeof encoding === 'function' ? encoding : done)
      return true
    }
  }
}

function describe(error) {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: '' }
  return { type: error.name, message: error.message, stack: error.stack ?? '' }
}

/** `folder/file.function`: the file is required as CommonJS, with the extensions that `require` knows. */
function load(folder, handler) {
  const dot = handler.lastIndexOf('.')
  const [file, name] = [handler.slice(0, dot), handler.slice(dot + 1)]
  const found = require(join(folder, file))[name]
  if (typeof found !== 'function') throw new TypeError(`${file} exports no function ${name}`)
  return found
}

/** The handler's promise, or what it hands its callback, whichever is first. */
function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, value) => (error ? reject(error) : resolve(value))
    const returned = handler(event, context, callback)
    if (typeof returned?.then === 'function') returned.then(resolve, reject)
  })
}

/**
 * Loads the handler named on the command line and answers one invocation at a time.
 * `vendor.input(event, context)` gives the handler's first two arguments from the event's bytes and the context;
 * `vendor.output(value)` gives the text or bytes that the vendor answers with.
 */
function serve(vendor) {
  const [folder, handlerName] = process.argv.slice(2)
  sendOutput()
  process.on('disconnect', () => process.exit())
  let handler
  try {
    handler = load(folder, handlerName)
  } catch (error) {
    process.send({ kind: 'broken', error: describe(error) }, () => process.exit(1))
    return
  }
  process.on('message', async ({ event, context }) => {
    const memoryBytes = () => process.memoryUsage().rss
    try {
      const [first, second] = vendor.input(Buffer.from(event, 'base64'), context)
      const result = Buffer.from(vendor.output(await call(handler, first, second)))
      process.send({ kind: 'returned', result: result.toString('base64'), memoryBytes: memoryBytes() })
    } catch (error) {
      process.send({ kind: 'threw', error: describe(error), memoryBytes: memoryBytes() })
    }
  })
  process.send({ kind: 'ready' })
}

module.exports = { serve }
