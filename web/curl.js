// The call that gives, in a terminal, the overlay that the page shows.

/** Write a word so that a POSIX shell takes it as it is. */
const quoted = (word) => (/^[\w./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Write the call: `options` are form fields, the empty ones left out. */
export function curlLine(method, fileName, options) {
  const fields = Object.entries(options).filter(([, value]) => value !== "");
  const words = [
    "curl",
    "-H 'Accept: image/png'",
    `-F ${quoted(`image=@${fileName}`)}`,
    ...fields.map(([name, value]) => `-F ${quoted(`${name}=${value}`)}`),
    `-o overlay.png`,
    quoted(new URL(`explain/${method}`, document.baseURI).href),
  ];
  return words.join(" \\\n  ").replace("curl \\\n ", "curl");
}
