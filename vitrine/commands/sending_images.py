"""Images on their way to a service, with a bar."""

from pathlib import Path
from typing import TYPE_CHECKING

from vitrine.commands.packed_folder import packed

if TYPE_CHECKING:
    from api_schemas.datasets import DatasetDetails
    from vitrine.client.blocking import Client


def send_images(client: "Client", images: Path, *, name: str | None) -> "DatasetDetails":
    """Send an archive or a folder as a dataset.

    Raises:
        VitrineError: the service refuses it, or is gone.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    is_seen = console.is_terminal
    with (
        packed(images) as archive,
        Progress(*columns, console=console, transient=True, disable=not is_seen) as bar,
    ):
        task = bar.add_task("sending", total=archive.stat().st_size)

        def show(sent: int, whole: int) -> None:
            # Once all is sent, the service still has every image to decode.
            stage = "sending" if sent < whole else "being read"
            bar.update(task, completed=sent, description=stage)

        return client.upload_dataset(archive, name=name, progress=show)
