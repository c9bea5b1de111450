"""Who asks: what a request may do and see."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api_schemas.api_keys import KeyRecord, KeyScope


@dataclass(frozen=True)
class Caller:
    """Whoever a request comes from: an API key, or anybody where none is asked for."""

    key: KeyRecord | None

    @property
    def sees_all(self) -> bool:
        """Whether it sees what others have made."""
        return self.key is None or "admin" in self.key.scopes

    @property
    def owner(self) -> str | None:
        """Whose is what it makes."""
        return None if self.key is None else self.key.owner

    @property
    def listed_owner(self) -> str | None:
        """Whose jobs a list has for it; none for everybody's."""
        return None if self.sees_all else self.owner

    @property
    def scopes(self) -> tuple[KeyScope, ...]:
        """What it may do; nothing is said of those that need no key."""
        return () if self.key is None else tuple(self.key.scopes)

    @property
    def max_open_jobs(self) -> int | None:
        """Jobs of its owner that may be open."""
        return None if self.key is None else self.key.max_open_jobs

    @property
    def max_stored_bytes(self) -> int | None:
        """Bytes that its owner may have in the store."""
        return None if self.key is None else self.key.max_stored_bytes

    def may(self, scope: KeyScope) -> bool:
        """Whether it has a scope; `admin` has all of them."""
        return self.sees_all or (self.key is not None and scope in self.key.scopes)

    def sees(self, owner: str | None) -> bool:
        """Whether it sees what is an owner's; what is nobody's, `admin` alone sees."""
        return self.sees_all or (owner is not None and owner == self.owner)


ANYBODY = Caller(None)


def caller_of(request: Request) -> Caller:
    """Give the caller whom the gate has let in; there is none on routes that need no key."""
    caller: Caller = request.state.caller
    return caller


async def asking(request: Request) -> Caller:
    """Give the same, without a thread, to routes that depend on it."""
    return caller_of(request)


CallerOf = Annotated[Caller, Depends(asking)]
