// From what a person wrote to the values that a schema wants.

import type { Properties, PropertySchema } from "../parts/schema_form";

const NUMBER = /^-?\d+(\.\d+)?(e-?\d+)?$/i;

/** Read every parameter that was written; what cannot be read is sent as it is, and refused. */
export const parametersOf = (
  written: Readonly<Record<string, string>>,
  properties: Properties,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(written)
      .filter(([name, text]) => text.trim() !== "" && name in properties)
      .map(([name, text]) => [name, valueOf(text.trim(), properties[name] ?? {})]),
  );

function valueOf(text: string, property: PropertySchema): unknown {
  const forms = property.anyOf ?? [property];
  const has = (type: string) => forms.some((form) => form.type === type);
  if (has("boolean") && (text === "true" || text === "false")) return text === "true";
  if ((has("integer") || has("number")) && NUMBER.test(text)) return Number(text);
  if (forms.some((form) => isWord(text, form))) return text;
  if (has("array")) return text.split(",").map((part) => listed(part.trim()));
  return text;
}

const isWord = (text: string, { type, pattern, enum: words }: PropertySchema): boolean =>
  type === "string" &&
  (pattern === undefined || new RegExp(pattern).test(text)) &&
  (words === undefined || words.includes(text));

const listed = (part: string): string | number => (NUMBER.test(part) ? Number(part) : part);
