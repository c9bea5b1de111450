"""What a front process is told at its start."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt
from pydantic_settings import SettingsConfigDict

from api_schemas.settings import ProcessSettings, RedisUrl, StoreUrl, StoreUrls


class ServiceSettings(ProcessSettings):
    """Read once from VITRINE_SERVICE_* at start; wrong or missing values stop the start."""

    model_config = SettingsConfigDict(env_prefix="VITRINE_SERVICE_")

    redis_url: RedisUrl
    """Where the workers are found: redis://, rediss:// (TLS) or unix://. No default: a front
    never guesses its queue."""
    jobs_redis_url: RedisUrl | None = None
    """Where jobs are kept, if not there too. It should write them to disk (`appendonly yes`)
    and never evict any (`maxmemory-policy noeviction`)."""
    store: StoreUrl = ".vitrine/store"
    """Where datasets, artifacts and checkpoints are kept: a folder, or `s3://bucket/prefix`.
    Fronts and workers have to be given the same."""
    dataset_roots: StoreUrls = ""
    """Folders and `s3://bucket/prefix` under which datasets may be registered where they are,
    separated by commas. Empty: none may."""
    default_model: Annotated[str, Field(min_length=1, max_length=64)] = "catsdogs"
    """Used by requests that name no model."""
    authentication: Literal["auto", "required", "off"] = "auto"
    """Whether API keys are asked for: `auto` once one has been made, `required` always, `off`
    never."""
    host: str = "127.0.0.1"
    """Address to listen on. The default is reached from this machine alone."""
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """TCP port to listen on."""
    root_path: Annotated[str, Field(pattern=r"^(/[^/]+)*$")] = ""
    """Prefix under which a proxy serves this service, such as `/vitrine`."""
    deadline_seconds: Annotated[float, Field(gt=0.0, le=600.0)] = 30.0
    """A request that is not answered by then gets a 504."""
    max_waiting_requests: PositiveInt = 256
    """Per model; more get a 429 at once, so that those accepted are answered in time."""
    cache_mebibytes: Annotated[int, Field(ge=0, le=65_536)] = 64
    """Of Redis' memory for results, to answer identical requests from; 0 keeps none."""
    client_patience_seconds: Annotated[float, Field(gt=0.0, le=3600.0)] = 30.0
    """For which a client is waited that sends or reads nothing, or below 1 KiB a second."""
    max_body_bytes: PositiveInt = 32 * 1024 * 1024
    """Of a request; larger ones get a 413."""
    max_image_pixels: PositiveInt = 50_000_000
    """Of one image; larger ones get a 413 before they are decoded."""
    max_batch_images: PositiveInt = 32
    """Images in one request."""
    max_archive_bytes: PositiveInt = 4 * 1024**3
    """Of an archive of images, as it is sent; larger ones get a 413."""
    max_dataset_bytes: PositiveInt = 20 * 1024**3
    """Of an archive of images, unpacked; larger ones are refused."""
    max_dataset_files: PositiveInt = 200_000
    """Files and folders in an archive of images; more are refused."""
    picture_threads: Annotated[int, Field(ge=1, le=64)] = 2
    """Threads that decode and render, beside the event loop."""
    store_threads: Annotated[int, Field(ge=1, le=64)] = 4
    """Threads that wait for the store, beside the event loop."""
    max_open_jobs: PositiveInt = 1000
    """Jobs queued or running; more get a 429."""
    job_retention_hours: Annotated[float, Field(gt=0.0, le=87_600.0)] = 168.0
    """How long a job that has ended is kept, with its artifacts."""
    dataset_threads: Annotated[int, Field(ge=1, le=64)] = 2
    """Archives that are unpacked at once; further ones wait their turn."""
