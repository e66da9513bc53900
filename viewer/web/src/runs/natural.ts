/** Natural order of names, as the viewer has it: `layer2` before `layer10`, part by part between slashes. */

const SLASH = 47;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function digitsEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function pastZeros(text: string, from: number, end: number): number {
  let start = from;
  while (start < end && text.charCodeAt(start) === 48) start++;
  return start;
}

/** Negative if `a` comes first. Only equal names are equal. */
export function compareNatural(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(j);
    if (isDigit(x) && isDigit(y)) {
      const [iEnd, jEnd] = [digitsEnd(a, i), digitsEnd(b, j)];
      const [iStart, jStart] = [pastZeros(a, i, iEnd), pastZeros(b, j, jEnd)];
      // Numbers compare by how many digits they have, then by their digits: there is no limit on how long they are.
      // Behind a point, what begins with zeros is a fraction: 0.01 and 0.05 come before 0.1.
      const isFraction = i > 0 && a[i - 1] === "." && (iStart > i || jStart > j);
      const lengths = iEnd - iStart - (jEnd - jStart);
      if (lengths && !isFraction) return lengths;
      const [left, right] = isFraction
        ? [a.slice(i, iEnd), b.slice(j, jEnd)]
        : [a.slice(iStart, iEnd), b.slice(jStart, jEnd)];
      if (left !== right) return left < right ? -1 : 1;
      i = iEnd;
      j = jEnd;
    } else {
      if (x !== y) return x === SLASH ? -1 : y === SLASH ? 1 : x - y;
      i++;
      j++;
    }
  }
  const rest = a.length - i - (b.length - j);
  return rest || (a < b ? -1 : a > b ? 1 : 0);
}
