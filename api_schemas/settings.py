"""The base of every process' settings: read from the environment, strict about its names."""

import os
from difflib import get_close_matches
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

RedisUrl = Annotated[str, Field(pattern=r"^(rediss?|unix)://.")]
"""redis://, rediss:// (TLS) or unix://, with user, password and database."""

StoreUrl = Annotated[str, Field(pattern=r"^(s3://[^/]+(/.*)?|file:///.*|/.*|[^:]+)$")]
"""A folder, as path or `file://` URL, or `s3://bucket/prefix`."""

_ROOT = r"(s3://[^/,]+(/[^,]*)?|(file://)?/[^,]*)"
StoreUrls = Annotated[str, Field(pattern=rf"^({_ROOT}(,\s*{_ROOT})*)?$")]
"""Several of these, separated by commas, or none; folders begin at the top."""


class ProcessSettings(BaseSettings):
    """Frozen, described by docstrings; wrong, missing or misspelt settings stop the start."""

    model_config = SettingsConfigDict(frozen=True, use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_variables(cls, values: object) -> object:
        """Refuse a variable with our prefix that sets nothing; it was meant to set one."""
        prefix = str(cls.model_config.get("env_prefix")).upper()
        known = [prefix + name.upper() for name in cls.model_fields]
        for variable in sorted(os.environ):
            if variable.upper().startswith(prefix) and variable.upper() not in known:
                nearest = ", ".join(get_close_matches(variable, known, n=1)) or ", ".join(known)
                raise ValueError(f"there is no setting {variable}; nearest: {nearest}")
        return values
