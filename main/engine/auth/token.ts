import { createHash, randomBytes } from 'node:crypto';

/** Secrets that a caller carries and the database only recognises: 256 random bits, kept there as their SHA-256. */

const TOKEN_BYTES = 32;
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** A fresh token, base64url, 43 characters. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * SHA-256 of the token, or undefined when it cannot be one. A plain fast hash is right here, unlike for a PIN:
 * 256 random bits cannot be guessed. Looking it up by its hash also means that timing tells nothing of the token.
 */
export function tokenHash(token: string): Buffer | undefined {
  return TOKEN_PATTERN.test(token) ? sha256(token) : undefined;
}

/** SHA-256 of a text's UTF-8, 32 bytes. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
