/**
 * Verify Ed25519 where Web Crypto does not know it: loaded then, and only then.
 *
 * R is compared byte for byte, without the cofactor, as browsers and OpenSSL do: a signature that one
 * of two readers accepts is accepted by both. Source: RFC 8032 section 5.1.7.
 */

import { CURVE, ExtendedPoint as Point, etc } from "../vendor/ed25519.mjs";

/** @param {Uint8Array} bytes - least first */
const number = (bytes) => BigInt("0x" + etc.bytesToHex(bytes.slice().reverse()));

/**
 * @param {Uint8Array} sig - 64 bytes, S below the group order
 * @param {Uint8Array} text
 * @param {Uint8Array} key - 32 bytes, not of small order
 */
export async function verifies(sig, text, key) {
  let point;
  try {
    point = Point.fromHex(key);
  } catch {
    return false; // not on the curve
  }
  const r = sig.slice(0, 32);
  const hash = await crypto.subtle.digest("SHA-512", etc.concatBytes(r, key, text));
  const k = number(new Uint8Array(hash)) % CURVE.n;
  const left = Point.BASE.mul(number(sig.slice(32)), false);
  const found = left.add(point.mul(k, false).negate()).toRawBytes();
  return found.every((byte, at) => byte === r[at]);
}
