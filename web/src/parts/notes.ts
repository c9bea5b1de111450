// Messages: what went wrong and what to do, advice, and that something is under way.

import { html, nothing, type TemplateResult } from "lit-html";
import type { Refusal } from "../service/refusal";

/** What is no fault: it only takes a while. */
const WAITING: ReadonlySet<string> = new Set(["no_worker"]);

/** The page asks for a key by itself, in one place. */
const ASKED_FOR = "unauthenticated";

/** A refusal, with a button where trying again may help. */
export const refusalNote = (
  refusal: Refusal | null,
  again: (() => void) | null = null,
): TemplateResult | typeof nothing =>
  refusal === null || refusal.code === ASKED_FOR
    ? nothing
    : html`<div class="note ${WAITING.has(refusal.code) ? "" : "is-error"}" role="alert">
        <strong>${refusal.title}</strong>
        <span>${sentence(refusal.message)}</span>
        ${
          refusal.retrySeconds !== null && again
            ? html`<button class="plain" type="button" @click=${again}>Try again</button>`
            : nothing
        }
      </div>`;

/** Something to know. */
export const advice = (title: string, text: string): TemplateResult =>
  html`<div class="note"><strong>${title}</strong><span>${sentence(text)}</span></div>`;

/** What is answered within it needs no spinner, which a browser would draw for nothing. */
const QUICK_SECONDS = 0.25;

/** Something is computed, for so many seconds already. */
export const working = (text: string, seconds: number): TemplateResult | typeof nothing =>
  seconds < QUICK_SECONDS
    ? nothing
    : html`<p class="working">
        <span class="spinner" aria-hidden="true"></span>
        <span>${text}${seconds < 2 ? "" : ` ${Math.floor(seconds)} s`}</span>
      </p>`;

/** Words with a capital first and a stop last. */
export const sentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!…:]$/.test(begun) ? begun : `${begun}.`;
};
