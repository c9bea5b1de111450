"""`vitrine replay`: a result made again by its receipt."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vitrine.commands.asking import DEFAULT_URL, ApiKey, AsJson, Url, asking, print_json

if TYPE_CHECKING:
    from api_schemas.receipts import Receipt


def replay(
    image: Annotated[
        Path, typer.Argument(help="The image file of the result.", exists=True, dir_okay=False)
    ],
    receipt: Annotated[
        Path,
        typer.Argument(
            help="A file with the receipt, or with the answer that holds it.",
            exists=True,
            dir_okay=False,
        ),
    ],
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    api_key: ApiKey = None,
) -> None:
    """Make a prediction or an explanation again; exit code 1 if it comes out another."""
    found = read_receipt(receipt)
    with asking(url, api_key) as client:
        result = client.replay(image, found)
    if as_json:
        print_json([result.answer])
    else:
        from vitrine.commands.tables import differences_table

        differences_table(result.differences)
        typer.echo("the same, byte for byte" if result.reproduced else "not the same")
    if not result.reproduced:
        raise typer.Exit(code=1)


def read_receipt(file: Path) -> "Receipt":
    """Read a receipt, alone or as the member of an answer.

    Raises:
        typer.BadParameter: the file holds none.
    """
    from pydantic import BaseModel, ValidationError

    from api_schemas.receipts import Receipt

    class Answer(BaseModel):
        """An answer, of which only the receipt is looked at."""

        receipt: Receipt

    try:
        content = file.read_bytes()
        if b'"receipt"' in content:
            return Answer.model_validate_json(content).receipt
        return Receipt.model_validate_json(content)
    except ValidationError as error:
        raise typer.BadParameter(f"{file} holds no receipt", param_hint="RECEIPT") from error
