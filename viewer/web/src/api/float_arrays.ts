/** Binary answers: the length of a header, the header as JSON, float64 arrays one after the other. */

const HEAD_BYTES = 4;

export interface FloatArrays<Header> {
  header: Header;
  /** The next array, of so many numbers, as a view into the answer; throws `RangeError` if it is cut short. */
  take(count: number): Float64Array;
}

export function readFloatArrays<Header>(body: ArrayBuffer): FloatArrays<Header> {
  const length = new DataView(body).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(body, HEAD_BYTES, length));
  let offset = HEAD_BYTES + length;
  return {
    header: JSON.parse(text) as Header,
    take: (count) => {
      const array = new Float64Array(body, offset, count);
      offset += array.byteLength;
      return array;
    },
  };
}
