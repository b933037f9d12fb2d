import { z } from 'zod';
import { marks, type PersonalKind } from '../../../shared/contract/personal.ts';

/**
 * Walks a parsed input beside its schema and replaces every marked field. The schema says what is personal, so a
 * new field cannot be forgotten here: whoever adds it marks it where it is declared.
 */

export interface Replacements {
  pin(pin: string): string;
  personal(kind: PersonalKind, text: string): unknown;
}

/** The input with every marked field replaced; what is not marked comes back as it is. */
export function replaceMarked(schema: z.ZodType, value: unknown, by: Replacements): unknown {
  const mark = marks.get(schema);
  if (mark !== undefined) {
    if (typeof value !== 'string') return value;
    return mark.mark === 'pin' ? by.pin(value) : by.personal(mark.kind, value);
  }
  const inner = unwrapped(schema);
  if (inner !== schema) return replaceMarked(inner, value, by);
  if (value === null || typeof value !== 'object') return value;
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => replaceMarked(schema.element as z.ZodType, item, by));
  }
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        shape[key] ? replaceMarked(shape[key], item, by) : item,
      ]),
    );
  }
  return value;
}

/** The PINs of an input in the order in which `replaceMarked` meets them. */
export function pinsOf(schema: z.ZodType, value: unknown): string[] {
  const pins: string[] = [];
  replaceMarked(schema, value, {
    pin(pin) {
      pins.push(pin);
      return pin;
    },
    personal: (_kind, text) => text,
  });
  return pins;
}

/** A marked field may be optional or have a default: the mark is on the schema inside. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return schema.unwrap() as z.ZodType;
  }
  return schema;
}
