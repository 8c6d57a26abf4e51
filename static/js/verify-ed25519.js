/* Is this signature of this key over these bytes? Ed25519 as in RFC 8032, section 5.1.

   ed25519.verify(key, message, signature) -> Promise of true or false

   The browser's own where it has it (Chrome 137, Firefox 129, Safari 17), else the one
   below: written for reading, 10 ms on a desktop, and nothing in it is secret, so that
   it need not take the same time for all numbers. All arguments are Uint8Array. */
"use strict";

const ed25519 = (() => {
  const P = (1n << 255n) - 19n;
  const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;

  const mod = (number) => ((number % P) + P) % P;

  const power = (base, exponent) => {
    let result = 1n;
    for (let e = exponent, b = mod(base); e > 0n; e >>= 1n, b = (b * b) % P) {
      if (e & 1n) result = (result * b) % P;
    }
    return result;
  };

  const inverse = (number) => power(number, P - 2n);

  const D = mod(-121665n * inverse(121666n));
  const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);

  const fromLittleEndian = (bytes) =>
    bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);

  /* Points are [X, Y, Z, T] with x = X/Z, y = Y/Z, xy = T/Z. */
  const ZERO = [0n, 1n, 1n, 0n];

  const add = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
    const a = mod((y1 - x1) * (y2 - x2));
    const b = mod((y1 + x1) * (y2 + x2));
    const c = mod(2n * t1 * t2 * D);
    const d = mod(2n * z1 * z2);
    const [e, f, g, h] = [b - a, d - c, d + c, b + a];
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  };

  const negative = ([x, y, z, t]) => [mod(-x), y, z, mod(-t)];

  /* The point that 32 bytes stand for; null when they stand for none. */
  const decoded = (bytes) => {
    const number = fromLittleEndian(bytes);
    const y = number & ((1n << 255n) - 1n);
    const odd = number >> 255n;
    if (y >= P) return null;
    const u = mod(y * y - 1n);
    const v = mod(D * y * y + 1n);
    let x = mod(u * v ** 3n * power(u * v ** 7n, (P - 5n) / 8n));
    if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT_OF_MINUS_ONE);
    if (mod(v * x * x) !== u) return null;
    if (x === 0n && odd) return null;
    if ((x & 1n) !== odd) x = P - x;
    return [x, y, 1n, mod(x * y)];
  };

  const encoded = ([x, y, z]) => {
    const i = inverse(z);
    let number = mod(y * i) | ((mod(x * i) & 1n) << 255n);
    return Uint8Array.from({ length: 32 }, () => {
      const byte = Number(number & 255n);
      number >>= 8n;
      return byte;
    });
  };

  // y = 4/5, x even.
  const BASE = (() => {
    const bytes = new Uint8Array(32).fill(0x66);
    bytes[0] = 0x58;
    return decoded(bytes);
  })();

  /* n * p + m * q, both numbers from the highest bit down. */
  const sum = (n, p, m, q) => {
    const both = add(p, q);
    let result = ZERO;
    for (let bit = 255n; bit >= 0n; bit--) {
      result = add(result, result);
      const inN = (n >> bit) & 1n;
      const inM = (m >> bit) & 1n;
      if (inN && inM) result = add(result, both);
      else if (inN) result = add(result, p);
      else if (inM) result = add(result, q);
    }
    return result;
  };

  const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));

  const ours = async (key, message, signature) => {
    if (key.length !== 32 || signature.length !== 64) return false;
    const r = signature.slice(0, 32);
    const s = fromLittleEndian(signature.slice(32));
    const a = decoded(key);
    // A larger S would be a second signature of the same message.
    if (a === null || s >= ORDER) return false;
    const digest = await crypto.subtle.digest("SHA-512", joined(r, key, message));
    const k = fromLittleEndian(new Uint8Array(digest)) % ORDER;
    // R as bytes: another way to write the same point is refused as well.
    return encoded(sum(s, BASE, k, negative(a))).every((byte, at) => byte === r[at]);
  };

  const browsers = async (key, message, signature) => {
    const its = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return crypto.subtle.verify("Ed25519", its, signature, message);
  };

  /* Asked once: a browser that does not know Ed25519 throws. */
  let known;
  const isKnown = () =>
    (known ??= browsers(encoded(BASE), new Uint8Array(), new Uint8Array(64)).then(
      () => true,
      () => false,
    ));

  const verify = async (...what) => ((await isKnown()) ? browsers : ours)(...what);

  return { verify, ours, browsers };
})();
