import Decoder from 'kafkajs/src/protocol/decoder.js'

/**
 * Makes kafkajs' lists grow with what is there. Its own are made as long as an answer says they are, so that fourteen bytes take
 * two gigabytes; reading beyond an answer's end fails.
 */
export function growArrays(): void {
  Decoder.prototype.readArray = function (reader) {
    const array = []
    for (let left = this.readInt32(); left > 0; left--) array.push(reader(this))
    return array
  }
  Decoder.prototype.readArrayAsync = async function (reader) {
    const array = []
    for (let left = this.readInt32(); left > 0; left--) array.push(await reader(this))
    return array
  }
}
