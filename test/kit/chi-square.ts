/** Whether counts are as even as they must be. */

/** Least and greatest p of a chi-square that is taken for even: neither far off, nor too good to be chance. */
export const P = { min: 0.001, max: 0.999 } as const;

/** P(chi-square with `df` degrees of freedom >= x): the upper incomplete gamma function, by series or continued fraction. */
export function pOf(x: number, df: number): number {
  const [a, h] = [df / 2, x / 2];
  const front = Math.exp(a * Math.log(h) - h - lnGamma(a));
  if (h < a + 1) {
    let [sum, term] = [1 / a, 1 / a];
    for (let n = 1; term > sum * 1e-15; n++) sum += term *= h / (a + n);
    return 1 - front * sum;
  }
  // Lentz's method.
  let b = h + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let f = d;
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    f *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * f;
}

/** Stirling's series, from 10 up. */
function lnGamma(x: number): number {
  if (x < 10) return lnGamma(x + 1) - Math.log(x);
  const tail = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1_260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + tail;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/** Chi-square of counts that should be to each other as `weights`; of counts that should all be the same. */
export function chiSquare(counts: readonly number[], weights: readonly number[] = counts.map(() => 1)): number {
  const each = sumOf(counts) / sumOf(weights);
  return counts.reduce((all, n, i) => {
    const expected = each * (weights[i] ?? 0);
    return all + (n - expected) ** 2 / expected;
  }, 0);
}
