"""What a worker process is told at its start."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt
from pydantic_settings import SettingsConfigDict

from api_schemas.settings import ProcessSettings, RedisUrl, StoreUrl


class WorkerSettings(ProcessSettings):
    """Read once from VITRINE_WORKER_* at start; wrong or missing values stop the start."""

    model_config = SettingsConfigDict(env_prefix="VITRINE_WORKER_")

    redis_url: RedisUrl
    """Where the requests are: redis://, rediss:// (TLS) or unix://. No default: a worker never
    guesses its queue."""
    jobs_redis_url: RedisUrl | None = None
    """Where jobs are kept, if not there too. It should write them to disk (`appendonly yes`)
    and never evict any (`maxmemory-policy noeviction`)."""
    store: StoreUrl = ".vitrine/store"
    """Where artifacts and checkpoints are kept: a folder, or `s3://bucket/prefix`. Fronts and
    workers have to be given the same."""
    models_folder: str
    """Folder with one folder a model; each holds a `model.toml`. Or a prefix of a store, such
    as `s3://bucket/models`, which is copied at start."""
    models: str = ""
    """Names of the models to host, separated by commas. Empty: every model of the folder."""
    max_batch_images: Annotated[int, Field(ge=1, le=256)] = 16
    """Images computed at once. Bounded by the memory of the device."""
    batch_wait_seconds: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
    """How long a batch that is not full waits for more. Zero: batches grow only while the
    device is busy, so that an idle service answers at once."""
    max_weight_megabytes: PositiveInt = 4096
    """Of all models in memory together. Beyond it the least recently used model leaves, and is
    loaded again when it is asked for."""
    max_compiled_kernels: PositiveInt = 64
    """Compiled functions kept for a model, one a method, layer and parameters; the least
    recently used leaves."""
    precision: Literal["float32", "bfloat16"] = "float32"
    """In which numbers the networks compute, up to their heads. `bfloat16` is faster where the
    device has instructions for it; `lrp` is then refused, and maps change a little."""
    trust_model_code: bool = False
    """Whether model files may bring code of their own (Lambda layers). Unsafe: such a file can
    do whatever the worker can."""
