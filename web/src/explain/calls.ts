// The calls that give, in a terminal or a program, what the page shows.

export interface Call {
  method: string;
  fileName: string;
  /** Where the picture is to be fetched first; none for a person's own. */
  fetchFrom: string | null;
  /** Form fields; the empty ones are left out. */
  fields: Record<string, string>;
}

const addressOf = (path: string): string => new URL(path, document.baseURI.split("#")[0]).href;

const given = (fields: Record<string, string>): [string, string][] =>
  Object.entries(fields).filter(([, value]) => value !== "");

/** Write a word so that a POSIX shell takes it as it is. */
const quoted = (word: string): string =>
  /^[\w./:@=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Write the call for a shell. */
export function curlCall({ method, fileName, fetchFrom, fields }: Call): string {
  const words = [
    "curl -H 'Accept: image/png'",
    `-F ${quoted(`image=@${fileName}`)}`,
    ...given(fields).map(([name, value]) => `-F ${quoted(`${name}=${value}`)}`),
    "-o overlay.png",
    quoted(addressOf(`explain/${method}`)),
  ];
  const call = words.join(" \\\n  ");
  const fetched = fetchFrom && `curl ${quoted(addressOf(fetchFrom))} -o ${quoted(fileName)}\n`;
  return (fetched ?? "") + call;
}

/** Write the call for Python, with the map as an array. */
export function pythonCall({ method, fileName, fetchFrom, fields }: Call): string {
  const options = given({ ...fields, outputs: "overlay,raw" }).map(
    ([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  const source = fetchFrom
    ? `httpx.get(${JSON.stringify(addressOf(fetchFrom))}).content`
    : `Path(${JSON.stringify(fileName)}).read_bytes()`;
  return [
    "import base64",
    "from pathlib import Path",
    "",
    "import httpx",
    "import numpy as np",
    "",
    `picture = ${source}`,
    "options = {",
    ...options,
    "}",
    "answer = httpx.post(",
    `    ${JSON.stringify(addressOf(`explain/${method}`))},`,
    `    files={"image": (${JSON.stringify(fileName)}, picture)}, data=options, timeout=300,`,
    ").raise_for_status().json()",
    'Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))',
    'raw = answer["raw"]',
    'values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])',
    'print(answer["target"], values.max())',
  ].join("\n");
}
