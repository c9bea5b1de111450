// The service as the page sees it: three questions, and every refusal as one kind of error.

const AWAY = "The service does not answer. Is it still running?";

/** A refusal in plain words; `retrySeconds` is set where waiting may help. */
export class Refusal extends Error {
  constructor({ title, detail, code = "", retrySeconds = null }) {
    super(detail);
    this.title = title;
    this.code = code;
    this.retrySeconds = retrySeconds;
  }
}

/** Ask the service; the answer's body and where its time went, or a Refusal. */
async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal({ title: "No answer", detail: AWAY, retrySeconds: 3 });
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) {
    return { body, times: timesOf(response.headers.get("Server-Timing") ?? "") };
  }
  const retryAfter = Number(response.headers.get("Retry-After"));
  throw new Refusal({
    title: body?.title ?? `Error ${response.status}`,
    detail: inPlainWords(body) ?? `Something between here and the service answered ${response.status}.`,
    code: body?.code,
    retrySeconds: retryAfter > 0 ? retryAfter : null,
  });
}

/** Refusals that say too little to somebody who has not started the service. */
function inPlainWords(problem) {
  switch (problem?.code) {
    case "model_not_ready":
      return "No worker serves this model at the moment. One that has just been started needs some seconds.";
    case "broker_unavailable":
      return "The service has lost its Redis and is waiting for it to come back.";
    case "image_undecodable":
      return `This file is no picture that the service can read: ${problem.detail}.`;
    case "queue_full":
      return "Too many pictures are waiting at the moment.";
    default:
      return problem?.detail;
  }
}

/** Read `decode;dur=3.1, total;dur=9` into [["decode", 3.1], ["total", 9]]. */
export function timesOf(header) {
  return [...header.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([, name, ms]) => [name, Number(ms)]);
}

export const listModels = async () => (await ask("models")).body;

export const listMethods = async () => (await ask("methods")).body.methods;

/** Explain a picture; `options` are form fields, the empty ones left out. */
export function explain(method, picture, options, signal) {
  const form = new FormData();
  form.append("image", picture, picture.name || "picture");
  for (const [name, value] of Object.entries(options)) {
    if (value !== "") form.append(name, value);
  }
  return ask(`explain/${encodeURIComponent(method)}`, { method: "POST", body: form, signal });
}
