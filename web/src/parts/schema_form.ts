// A form from the JSON Schema of some parameters: methods and kinds of jobs describe theirs.

import { html, type TemplateResult } from "lit-html";
import { inputField, selectField } from "./field";
import { titled } from "./words";

export interface PropertySchema {
  type?: string;
  enum?: readonly string[];
  default?: unknown;
  description?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  anyOf?: readonly PropertySchema[];
}

export type Properties = Readonly<Record<string, PropertySchema>>;

/** The parameters that a schema describes, in its order. */
export const propertiesOf = (schema: unknown): Properties =>
  (schema as { properties?: Properties } | undefined)?.properties ?? {};

/** Of alternatives, the first that is not null: what a person would write. */
const plain = (property: PropertySchema): PropertySchema => ({
  ...property.anyOf?.find(({ type }) => type !== "null"),
  ...property,
});

/** Write a default as a person would. */
export const shownDefault = (property: PropertySchema): string => {
  const { default: given } = property;
  if (given === null || given === undefined) return "automatic";
  if (Array.isArray(given)) return given.length === 0 ? "none" : given.join(", ");
  return String(given);
};

/** One control for each parameter; what is empty has its default. */
export const schemaForm = (
  properties: Properties,
  values: Readonly<Record<string, string>>,
  change: (name: string, value: string) => void,
  prefix: string,
): TemplateResult[] =>
  Object.entries(properties).map(([name, property]) =>
    schemaField(
      name,
      plain(property),
      values[name] ?? "",
      (value) => change(name, value),
      prefix,
    ),
  );

const inWords = (word: string): string => ({ true: "yes", false: "no" })[word] ?? word;

function schemaField(
  name: string,
  property: PropertySchema,
  value: string,
  change: (value: string) => void,
  prefix: string,
): TemplateResult {
  const common = {
    id: `${prefix}-${name}`,
    label: titled(name),
    hint: (property.description ?? "").replaceAll(/\s+/g, " ").replaceAll("`", "").trim(),
    value,
    change,
  };
  const usual = shownDefault(property);
  // What may be one word or a list of many is written, not chosen.
  const isChoice = !property.anyOf?.some(({ type }) => type === "array");
  const words = property.type === "boolean" ? ["true", "false"] : property.enum;
  if (words && isChoice) {
    const others = words.filter((word) => word !== usual);
    const choices = [
      { value: "", text: inWords(usual) },
      ...others.map((word) => ({ value: word, text: inWords(word) })),
    ];
    return html`${selectField({ ...common, choices })}`;
  }
  if (property.type !== "integer" && property.type !== "number") {
    return html`${inputField({ ...common, placeholder: usual })}`;
  }
  return html`${inputField({
    ...common,
    type: "number",
    placeholder: usual,
    min: property.minimum ?? property.exclusiveMinimum,
    max: property.maximum ?? property.exclusiveMaximum,
    step: property.type === "integer" ? "1" : "any",
  })}`;
}
