// What went wrong, as one kind of error, in words for somebody who did not start the service.

import type { Problem } from "./types";

interface Saying {
  title: string;
  detail: string;
  code?: string;
  retrySeconds?: number | null;
}

/** A refusal in plain words; `retrySeconds` is set where waiting may help. */
export class Refusal extends Error {
  readonly title: string;
  readonly code: string;
  readonly retrySeconds: number | null;

  constructor({ title, detail, code = "", retrySeconds = null }: Saying) {
    super(detail);
    this.title = title;
    this.code = code;
    this.retrySeconds = retrySeconds;
  }
}

/** Nobody answers at the address that the page came from. */
export const away = (): Refusal =>
  new Refusal({
    title: "The service does not answer",
    detail:
      "Is it still running? If it was started with `make serve`, look at that terminal. " +
      "The page goes on by itself once the service is back.",
    code: "no_answer",
    retrySeconds: 2,
  });

/** Read a refusal from an answer; its body is a problem, unless something stood between. */
export function refusalOf(response: Response, problem: Partial<Problem> | null): Refusal {
  const retryAfter = Number(response.headers.get("Retry-After"));
  return new Refusal({
    title: problem?.title ?? `Error ${response.status}`,
    detail:
      inPlainWords(problem) ??
      `Something between here and the service answered ${response.status}.`,
    code: problem?.code ?? "",
    retrySeconds: retryAfter > 0 ? retryAfter : null,
  });
}

function inPlainWords(problem: Partial<Problem> | null): string | undefined {
  switch (problem?.code) {
    case "model_not_ready":
      return "No worker serves this model at the moment. One that has just been started needs some seconds.";
    case "broker_unavailable":
      return "The service has lost its Redis and is waiting for it to come back.";
    case "image_undecodable":
      return `This file is no picture that the service can read: ${problem.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;
    case "queue_full":
      return "Too many requests are waiting at the moment.";
    case "deadline_exceeded":
      return `${problem.detail}. Choose a quicker method, or fewer passes in its settings.`;
    case "fields_invalid":
      return (problem.errors ?? [])
        .map(({ pointer, detail }) => `${pointer.replace(/^\//, "")}: ${detail}`)
        .join("; ");
    default:
      return problem?.detail;
  }
}
