"""Pages of the documentation site that lie elsewhere: the README, and the bundled model's card.

MkDocs calls what is here while it builds (`hooks` in mkdocs.yml). The README is the start page;
links into `docs/` and out of it are turned to where the site has the page.
"""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

DOCS = Path(__file__).resolve().parent
START = "index.md"
MODEL_CARD = "model_card.md"

ELSEWHERE = {START: "README.md", MODEL_CARD: "models/catsdogs/README.md"}
"""Pages of the site by the file, from the repository's root, that they are made of."""

OF_DOCS = re.compile(r"\[docs/(?P<page>\w+\.md)\]\(docs/(?P=page)\)")
"""A link that is called by the file it leads to."""

FOR_TESTS = re.compile(r"^(```\w+) notest$", re.MULTILINE)
"""A block of code that the tests do not run; MkDocs knows no such word."""


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages that lie elsewhere."""
    for page, source in ELSEWHERE.items():
        text = (DOCS.parent / source).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links to where the site has what they lead to; drop the words meant for tests."""
    markdown = FOR_TESTS.sub(r"\1", markdown)
    if page.file.src_uri == START:
        named = OF_DOCS.sub(lambda link: f"[{title(link['page'])}]({link['page']})", markdown)
        return named.replace("](docs/", "](")
    return markdown.replace(f"](../{ELSEWHERE[MODEL_CARD]})", f"]({MODEL_CARD})")


def title(page: str) -> str:
    """Give the heading of a page of `docs/`."""
    first = (DOCS / page).read_text(encoding="utf-8").splitlines()[0]
    return first.removeprefix("# ")
