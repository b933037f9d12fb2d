import { z } from 'zod';

/**
 * Personal data and secrets are marked at the field they arrive in. The door seals or hashes every marked field
 * before a handler, the journal or a log can see it, so no handler has to remember to.
 */

/** What a handler, the journal and a replay see in place of personal text. `last4` and `index` only for numbers. */
export interface Sealed {
  /** The person whose key opens it; random text, not derived from the data. */
  readonly person: string;
  /** AES-256-GCM nonce, ciphertext and tag, base64. */
  readonly sealed: string;
  /** Last four digits, for screens that show a masked number. */
  readonly last4?: string;
  /** Keyed hash of the number, base64, to find the same number twice without opening either. */
  readonly index?: string;
}

export type PersonalKind = 'number' | 'text';

declare const personalBrand: unique symbol;
declare const pinBrand: unique symbol;
/** Plain personal text, as it arrives. */
export type Personal = string & { readonly [personalBrand]: true };
/** A plain PIN, as it arrives. */
export type Pin = string & { readonly [pinBrand]: true };

/** Which schemas are marked, and how. Read by the door while it walks an input beside its schema. */
export const marks = z.registry<{ mark: 'pin' } | { mark: 'personal'; kind: PersonalKind }>();

/** A field of personal text of at most `maxLength` characters. `number` keeps its last four digits and an index. */
export function personal(kind: PersonalKind, maxLength = 200) {
  const schema = z.string().trim().min(1).max(maxLength);
  schema.register(marks, { mark: 'personal', kind });
  return schema as unknown as z.ZodType<Personal, string>;
}

/** A PIN of 6 to 12 digits; which PINs are too simple is a rule of its own (shared/domain/pin.ts). */
export function pin() {
  const schema = z.string().regex(/^\d{1,12}$/);
  schema.register(marks, { mark: 'pin' });
  return schema as unknown as z.ZodType<Pin, string>;
}

/** An input after the door: personal text has become Sealed, PINs their hash text; the rest is as it came. */
export type SealedInput<T> = T extends Personal
  ? Sealed
  : T extends Pin
    ? string
    : T extends string | number | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? readonly SealedInput<Item>[]
        : { readonly [Key in keyof T]: SealedInput<T[Key]> };
