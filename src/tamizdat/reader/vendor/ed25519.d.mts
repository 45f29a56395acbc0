/** The parts of @noble/ed25519 that are used; `sh requirements/vendor` puts the package's module here. */
export class ExtendedPoint {
  static BASE: ExtendedPoint;
  static fromHex(bytes: Uint8Array): ExtendedPoint;
  mul(by: bigint, safe: boolean): ExtendedPoint;
  add(other: ExtendedPoint): ExtendedPoint;
  negate(): ExtendedPoint;
  toRawBytes(): Uint8Array;
}
export const CURVE: { n: bigint };
export const etc: {
  bytesToHex(bytes: Uint8Array): string;
  concatBytes(...parts: Uint8Array[]): Uint8Array<ArrayBuffer>;
};
