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
  return mayHoldMarks(schema) ? replaced(schema, value, by) : value;
}

function replaced(schema: z.ZodType, value: unknown, by: Replacements): unknown {
  const mark = marks.get(schema);
  if (mark !== undefined) {
    if (typeof value !== 'string') return value;
    return mark.mark === 'pin' ? by.pin(value) : by.personal(mark.kind, value);
  }
  const inner = unwrapped(schema);
  if (inner !== schema) return replaced(inner, value, by);
  if (value === null || typeof value !== 'object') return value;
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => replaced(schema.element as z.ZodType, item, by));
  }
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, shape[key] ? replaced(shape[key], item, by) : item]),
    );
  }
  return replaceWithin(schema, value, by);
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

/** Of several possible shapes the one that fits; a shape this walk does not know must not hide a marked field. */
function replaceWithin(schema: z.ZodType, value: object, by: Replacements): unknown {
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion) {
    const fitting = (schema.options as z.ZodType[]).find((option) => option.safeParse(value).success);
    if (fitting) return replaced(fitting, value, by);
  }
  throw new Error(`rule broken: an input holds a ${schema.type}, in which marked fields would not be found`);
}

/** What can hold nothing inside. Every other shape is either known below or taken to hold marks. */
const leaves = new Set(['string', 'number', 'int', 'boolean', 'literal', 'enum', 'null']);
const known = new WeakMap<z.ZodType, boolean>();

/** Asked for every command, a sale above all, so each schema is looked through once. */
function mayHoldMarks(schema: z.ZodType): boolean {
  let holds = known.get(schema);
  if (holds === undefined) {
    holds = lookThrough(schema);
    known.set(schema, holds);
  }
  return holds;
}

function lookThrough(schema: z.ZodType): boolean {
  if (marks.has(schema)) return true;
  const inner = unwrapped(schema);
  if (inner !== schema) return lookThrough(inner);
  if (schema instanceof z.ZodArray) return lookThrough(schema.element as z.ZodType);
  if (schema instanceof z.ZodObject)
    return Object.values(schema.shape as Record<string, z.ZodType>).some(lookThrough);
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).some(lookThrough);
  return !leaves.has(schema.type);
}

/** A marked field may be optional or have a default: the mark is on the schema inside. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return schema.unwrap() as z.ZodType;
  }
  return schema;
}
