// One question to the service: the answer's body and where its time went, or a Refusal.

import { keyHeaders, noteStatus } from "./key";
import { away, Refusal, refusalOf } from "./refusal";
import type { Problem, Times } from "./types";

export interface Answered<Body> {
  body: Body;
  times: Times;
  status: number;
}

/** Ask; `Body` is what the OpenAPI document promises of this path. */
export async function ask<Body>(
  path: string,
  options: RequestInit = {},
): Promise<Answered<Body>> {
  const response = await fetched(path, {
    ...options,
    headers: { Accept: "application/json", ...options.headers },
  });
  const body: unknown =
    response.status === 204 ? null : await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) {
    const times = timesOf(response.headers.get("Server-Timing") ?? "");
    return { body: body as Body, times, status: response.status };
  }
  throw refusalOf(response, (body ?? null) as Partial<Problem> | null);
}

/** Send a form and tell how much of it has gone, as a part; browsers' `fetch` does not. */
export function sendForm<Body>(
  path: string,
  form: FormData,
  { sent, signal }: { sent: (part: number) => void; signal: AbortSignal },
): Promise<Body> {
  const request = new XMLHttpRequest();
  request.open("POST", path);
  request.setRequestHeader("Accept", "application/json");
  for (const [name, value] of Object.entries(keyHeaders())) {
    request.setRequestHeader(name, value);
  }
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(away());
    request.onabort = () => reject(new DOMException("given up", "AbortError"));
    request.onload = () => {
      noteStatus(request.status);
      const isFine = request.status >= 200 && request.status < 300;
      const body = parsed(request.responseText);
      if (isFine && body !== null) resolve(body as Body);
      else reject(refusalOf(asResponse(request), body as Partial<Problem> | null));
    };
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const asResponse = (request: XMLHttpRequest): Response =>
  new Response(null, {
    status: request.status,
    headers: { "Retry-After": request.getResponseHeader("Retry-After") ?? "" },
  });

/** Ask for a file. */
export async function askFile(path: string, options: RequestInit = {}): Promise<Blob> {
  const response = await fetched(path, options);
  if (response.ok) return response.blob();
  const body: unknown = await response.json().catch(() => null);
  throw refusalOf(response, body as Partial<Problem> | null);
}

async function fetched(path: string, options: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, {
      ...options,
      headers: { ...options.headers, ...keyHeaders() },
    });
    noteStatus(response.status);
    return response;
  } catch (error) {
    if (isAborted(error)) throw error;
    throw away();
  }
}

/** Whether a question was given up because its answer is no longer wanted. */
export const isAborted = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "AbortError";

/** Let pass what is a refusal; anything else is a fault of the page. */
export function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** Read `decode;dur=3.1, total;dur=9` into [["decode", 3.1], ["total", 9]]. */
export const timesOf = (header: string): Times =>
  [...header.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(
    ([, name = "", milliseconds]) => [name, Number(milliseconds)] as const,
  );

/** Write a form: a picture, and options with the empty ones left out. */
export function formOf(
  image: { blob: Blob; name: string },
  options: Record<string, string>,
): FormData {
  const form = new FormData();
  form.append("image", image.blob, image.name);
  for (const [name, value] of Object.entries(options)) {
    if (value !== "") form.append(name, value);
  }
  return form;
}

/** Write a query, its empty values left out; "" if nothing is left. */
export function queryOf(options: Record<string, string>): string {
  const given = Object.entries(options).filter(([, value]) => value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
